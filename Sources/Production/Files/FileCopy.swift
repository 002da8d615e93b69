import CLinux
import Foundation

/// Bytes from an open file to another, inside the kernel where it can (`copy_file_range(2)`, which shares the blocks where
/// the file system can). Both are the caller's.
struct FileCopy {
  let input: Int32
  let inputPath: String
  let output: Int32
  let outputPath: String

  func copy(from: Int64, to: Int64, count: Int64) throws {
    var (from, to, left) = (Int(from), Int(to), count)
    while left > 0 {
      let count = copy_file_range(input, &from, output, &to, Int(min(left, 1 << 30)), 0)
      if count < 0, errno == EINTR { continue }
      if count < 0, [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EBADF].contains(errno) {
        return try copyThroughMemory(from: Int64(from), to: Int64(to), count: left)
      }
      guard count >= 0 else { throw ProductionError.cannotCreate(outputPath, code: errno) }
      guard count > 0 else { throw ProductionError.inputChanged(inputPath) }
      left -= Int64(count)
    }
  }

  private func copyThroughMemory(from: Int64, to: Int64, count: Int64) throws {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { piece.deallocate() }
    var done: Int64 = 0
    while done < count {
      let part = UnsafeMutableRawBufferPointer(rebasing: piece[..<Int(min(Int64(piece.count), count - done))])
      try read(part, at: from + done)
      try write(UnsafeRawBufferPointer(part), at: to + done)
      done += Int64(part.count)
    }
  }

  func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int64) throws {
    var done = 0
    while done < bytes.count {
      let count = pread(
        input, UnsafeMutableRawBufferPointer(rebasing: bytes[done...]).baseAddress, bytes.count - done,
        off_t(offset) + off_t(done))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ProductionError.cannotRead(inputPath, code: errno) }
      guard count > 0 else { throw ProductionError.inputChanged(inputPath) }
      done += count
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
    var done = 0
    while done < bytes.count {
      let count = pwrite(
        output, UnsafeRawBufferPointer(rebasing: bytes[done...]).baseAddress, bytes.count - done,
        off_t(offset) + off_t(done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ProductionError.cannotCreate(outputPath, code: count < 0 ? errno : ENOSPC) }
      done += count
    }
  }
}
