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
    bytes.withContiguousStorageIfAvailable { lame(UnsafeRawBufferPointer($0), after: sum) }
      ?? Array(bytes).withUnsafeBytes { lame($0, after: sum) }
  }

  /// ``lameBytewise(_:after:)``, eight bytes at a time.
  package static func lame(_ bytes: UnsafeRawBufferPointer, after sum: UInt16 = 0) -> UInt16 {
    let inEights = bytes.count & ~7
    let start = slices.withUnsafeBufferPointer { slices in
      var sum = sum
      for offset in stride(from: 0, to: inEights, by: 8) {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ UInt64(sum)
        sum = 0
        for place in 0..<8 { sum ^= slices[(7 - place) << 8 | Int(word >> UInt64(8 * place) & 0xFF)] }
      }
      return sum
    }
    return lameBytewise(UnsafeRawBufferPointer(rebasing: bytes[inEights...]), after: start)
  }

  /// The definition.
  package static func lameBytewise(_ bytes: UnsafeRawBufferPointer, after sum: UInt16 = 0) -> UInt16 {
    bytes.reduce(sum) { $0 >> 8 ^ slices[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
  }

  private static let table: [UInt16] = (0..<256).map { index in
    (0..<8).reduce(UInt16(index) << 8) { value, _ in value & 0x8000 != 0 ? value << 1 ^ 0x8005 : value << 1 }
  }

  /// What a byte adds to the sum, and from 256 on what it has added once one byte more came behind it, and so on.
  private static let slices: [UInt16] = {
    var slices: [UInt16] = (0..<256).map { index in
      (0..<8).reduce(UInt16(index)) { value, _ in value & 1 != 0 ? value >> 1 ^ 0xA001 : value >> 1 }
    }
    for index in 256..<(8 * 256) {
      let before = slices[index - 256]
      slices.append(before >> 8 ^ slices[Int(before & 0xFF)])
    }
    return slices
  }()
}
