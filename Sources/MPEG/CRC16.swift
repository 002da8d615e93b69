/// The two checksums of 16 bits that MP3 files have.
package enum CRC16 {
  /// Of an MP3 frame: polynomial 0x8005, first bit first, from 0xffff, over the second half of the header and the side
  /// information (ISO/IEC 11172-3, 2.4.3.1).
  package static func frame(header: FrameHeader, sideInfo: [UInt8]) -> UInt16 {
    (header.bytes[2...] + sideInfo[...]).reduce(0xFFFF) { sum, byte in sum << 8 ^ table[Int(UInt8(sum >> 8) ^ byte)] }
  }

  /// Of LAME's tag and of all sound behind it: the same polynomial with the last bit first, from 0 (`CRC_update_lookup`
  /// in LAME's `VbrTag.c`).
  package static func lame(_ bytes: some Sequence<UInt8>, after sum: UInt16 = 0) -> UInt16 {
    bytes.reduce(sum) { $0 >> 8 ^ mirrored[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
  }

  private static let table: [UInt16] = (0..<256).map { index in
    (0..<8).reduce(UInt16(index) << 8) { value, _ in value & 0x8000 != 0 ? value << 1 ^ 0x8005 : value << 1 }
  }

  private static let mirrored: [UInt16] = (0..<256).map { index in
    (0..<8).reduce(UInt16(index)) { value, _ in value & 1 != 0 ? value >> 1 ^ 0xA001 : value >> 1 }
  }
}
