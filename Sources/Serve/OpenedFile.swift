import CLinux
import Crypto
import Foundation
import NIOCore
import ShowModel

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
  let folder: SiteFolder
  /// Below the folder.
  let name: String
  let state: State

  /// - Parameter descriptor: this value's own from now on.
  /// - Returns: nil where it is no regular file.
  init?(_ descriptor: Int32, _ name: String, in folder: SiteFolder) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    (self.descriptor, self.folder, self.name, state) = (descriptor, folder, name, State(status))
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
      guard read > 0 else { throw ServeError.cannotRead(name, code: EIO) }
    }
    return buffer
  }

  /// What is in memory already (preadv2(2), `RWF_NOWAIT`).
  /// - Returns: nil where it would have to be waited for, or can't be read.
  func readAtOnce(at offset: Int64, count: Int) -> ByteBuffer? {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(count)
    let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
      var piece = iovec(iov_base: bytes.baseAddress, iov_len: count)
      let read = preadv2(descriptor, &piece, 1, off_t(offset), CLINUX_RWF_NOWAIT)
      guard read < 0, errno == EOPNOTSUPP, Self.isInMemory(descriptor) else { return max(0, read) }
      return max(0, pread(descriptor, bytes.baseAddress, count, off_t(offset)))
    }
    return read == count ? buffer : nil
  }

  /// Whether all files of its file system are in memory (tmpfs): that one can't say what would have to be waited for.
  private static func isInMemory(_ descriptor: Int32) -> Bool {
    var status = statfs()
    return fstatfs(descriptor, &status) == 0 && status.f_type == CLINUX_TMPFS_MAGIC
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
      throw ServeError.cannotRead(name, code: EBUSY)
    }
    return Hexadecimal.text(Array(hash.finalize()))
  }
}
