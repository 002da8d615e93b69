import Foundation

/// Bytes of an open file that the caller owns.
struct FileReader {
  let descriptor: Int32
  let size: Int64

  init(_ descriptor: Int32, size: Int64) { (self.descriptor, self.size) = (descriptor, size) }

  init(_ descriptor: Int32) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Uneditable.unreadable }
    (self.descriptor, size) = (descriptor, Int64(status.st_size))
  }

  /// - Throws: ``Uneditable/unreadable`` where there are fewer.
  func bytes(at offset: Int64, count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      try read(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(room)[..<count]), at: offset)
      filled = count
    }
  }

  /// - Throws: ``Uneditable/unreadable`` where there are fewer.
  func read(_ room: UnsafeMutableRawBufferPointer, at offset: Int64) throws {
    var filled = 0
    while filled < room.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: room[filled...])
      let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(filled))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw Uneditable.unreadable }
      filled += got
    }
  }
}
