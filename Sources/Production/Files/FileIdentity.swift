import Foundation

/// Which file it is, by whatever name or link it was reached (`st_dev`, `st_ino`), and the state it is in.
package struct FileIdentity: Hashable, Sendable {
  private let device, inode: UInt64
  private let size, changedSeconds, changedNanoseconds: Int64

  /// - Returns: nil where nothing is there. Links are followed.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    changedSeconds = Int64(status.st_mtim.tv_sec)
    changedNanoseconds = Int64(status.st_mtim.tv_nsec)
  }

  /// The same file, changed since or not.
  package func isSameFile(as other: FileIdentity) -> Bool { device == other.device && inode == other.inode }
}
