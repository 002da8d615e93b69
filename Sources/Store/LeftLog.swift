import Foundation
import GRDB

/// The log of SQLite beside a catalogue (write-ahead log), where it belongs to the file that had this name before. SQLite
/// would read what it holds into the file that was put in its place.
///
/// As long as this value lives, no other program can open that file.
struct LeftLog: ~Copyable {
  /// What each program that has a file open holds a lock on (SQLite's os.h, `PENDING_BYTE` to the end of `SHARED_SIZE`).
  private static let (lockStart, lockCount) = (off_t(0x4000_0000), off_t(512))

  private let catalogue: String
  private let descriptor: Int32

  static func path(of catalogue: String) -> String { "\(catalogue)-wal" }

  /// - Parameter log: in any state.
  /// - Throws: `DatabaseError` where another program has the file open, or has written to the log since it is there.
  init(_ log: FileState, of catalogue: String) throws {
    let descriptor = open(catalogue, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
    var lock = flock()
    (lock.l_type, lock.l_whence) = (Int16(F_WRLCK), Int16(SEEK_SET))
    (lock.l_start, lock.l_len) = (Self.lockStart, Self.lockCount)
    guard fcntl(descriptor, F_SETLK, &lock) == 0, let file = FileState(catalogue),
      let now = FileState(Self.path(of: catalogue)), now.isSameFile(as: log), now.modified <= file.changed
    else {
      close(descriptor)
      throw DatabaseError(resultCode: .SQLITE_BUSY)
    }
    (self.catalogue, self.descriptor) = (catalogue, descriptor)
  }

  /// When nothing of it is needed any more.
  func remove() { for ending in ["-wal", "-shm"] { unlink(catalogue + ending) } }

  deinit { close(descriptor) }
}
