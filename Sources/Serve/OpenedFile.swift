import Crypto
import Foundation
import NIOCore

/// A file below `public/` that is open for reading. It is closed when nobody needs it any more: nothing is written, so
/// no failure to close could lose anything.
final class OpenedFile: Sendable {
  /// Which file it is and the state it is in. A file that changes has another one, at the latest by its time of change,
  /// which no program can set.
  struct State: Hashable, Sendable {
    let device, inode: UInt64
    let size, modified, modifiedNanoseconds, changed, changedNanoseconds: Int64

    init(_ status: stat) {
      (device, inode, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int64(status.st_size))
      modified = Int64(status.st_mtim.tv_sec)
      modifiedNanoseconds = Int64(status.st_mtim.tv_nsec)
      changed = Int64(status.st_ctim.tv_sec)
      changedNanoseconds = Int64(status.st_ctim.tv_nsec)
    }
  }

  private let descriptor: Int32
  private let path: String
  let state: State

  /// - Parameter descriptor: this value's own from now on.
  /// - Returns: nil where it is no regular file.
  init?(_ descriptor: Int32, path: String) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    (self.descriptor, self.path, state) = (descriptor, path, State(status))
  }

  deinit { close(descriptor) }

  /// - Throws: `ServeError` `.cannotRead`, also where the file is shorter than it was.
  func read(at offset: Int64, count: Int) throws -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(count)
    while buffer.readableBytes < count {
      let done = buffer.readableBytes
      let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count - done) { bytes in
        max(0, pread(descriptor, bytes.baseAddress, count - done, off_t(offset) + off_t(done)))
      }
      guard read > 0 else { throw ServeError.cannotRead(path, code: EIO) }
    }
    return buffer
  }

  /// SHA-256 of all its bytes, in lower-case hexadecimal digits.
  /// - Throws: `ServeError` `.cannotRead`, also where it changed meanwhile.
  func digest() throws -> String {
    var hash = SHA256()
    var offset: Int64 = 0
    while offset < state.size {
      let piece = try read(at: offset, count: Int(min(Int64(Limits.pieceBytes), state.size - offset)))
      piece.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
      offset += Int64(piece.readableBytes)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, State(status) == state else {
      throw ServeError.cannotRead(path, code: EBUSY)
    }
    return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
