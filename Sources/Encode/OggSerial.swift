import Foundation

/// Gives an Ogg file a stream number of its own choosing (RFC 3533, 6): libsndfile takes one from the clock, and the same
/// sound would not give the same bytes.
enum OggSerial {
  private static let serial: [UInt8] = [0x31, 0x0d, 0xca, 0x57]
  private static let headerLength = 27

  /// - Throws: `EncodeError` where the file is not one run of whole Ogg pages, from the first to the one marked as the
  ///   last: pages that could not be written are missing here.
  static func fix(_ descriptor: Int32) throws {
    var offset: Int64 = 0
    var number: UInt32 = 0
    var isEnded = false
    while true {
      var page = try bytes(descriptor, at: offset, count: headerLength + 255)
      guard !page.isEmpty || !isEnded else { return }
      guard page.count >= headerLength, page.starts(with: Array("OggS".utf8)) else { throw broken() }
      let segments = Int(page[26])
      guard page.count >= headerLength + segments else { throw broken() }
      let body = page[headerLength..<(headerLength + segments)].reduce(0) { $0 + Int($1) }
      let length = headerLength + segments + body
      page = try bytes(descriptor, at: offset, count: length)
      let place = (0..<4).reduce(UInt32(0)) { $0 | UInt32(page[18 + $1]) << (8 * UInt32($1)) }
      guard page.count == length, place == number else { throw broken() }
      number += 1
      isEnded = page[5] & 4 != 0
      page.replaceSubrange(14..<18, with: serial)
      page.replaceSubrange(22..<26, with: [0, 0, 0, 0])
      let sum = checksum(page)
      page.replaceSubrange(22..<26, with: (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt32($0))) })
      try page.withUnsafeBytes {
        let header = UnsafeRawBufferPointer(rebasing: $0[..<headerLength])
        try DescriptorWriter.write(header, to: descriptor, at: offset)
      }
      offset += Int64(length)
    }
  }

  private static func bytes(_ descriptor: Int32, at offset: Int64, count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).baseAddress, count - filled,
          off_t(offset) + off_t(filled))
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw EncodeError.writeFailed(errno) }
      if got == 0 { break }
      filled += got
    }
    return Array(bytes[..<filled])
  }

  private static func broken() -> EncodeError { .writeFailed(EIO) }

  /// Polynomial 0x04c11db7, from the top bit down, starting at 0.
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index) << 24) { value, _ in value & 0x8000_0000 != 0 ? value << 1 ^ 0x04c1_1db7 : value << 1 }
  }

  private static func checksum(_ page: [UInt8]) -> UInt32 {
    page.reduce(UInt32(0)) { $0 << 8 ^ table[Int(UInt8($0 >> 24) ^ $1)] }
  }
}
