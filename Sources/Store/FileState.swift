import Foundation

/// Which file it is and the state it is in. One that changes has another one, at the latest by its time of change, which no
/// program can set.
struct FileState: Hashable, Sendable {
  private let device, inode: UInt64
  private let size: Int64
  let modified, changed: Time

  struct Time: Hashable, Comparable, Sendable {
    let seconds, nanoseconds: Int64

    init(_ time: timespec) { (seconds, nanoseconds) = (Int64(time.tv_sec), Int64(time.tv_nsec)) }

    static func < (one: Time, other: Time) -> Bool {
      (one.seconds, one.nanoseconds) < (other.seconds, other.nanoseconds)
    }
  }

  /// - Returns: nil where there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, inode, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int64(status.st_size))
    (modified, changed) = (Time(status.st_mtim), Time(status.st_ctim))
  }

  func isSameFile(as other: FileState) -> Bool { device == other.device && inode == other.inode }
}
