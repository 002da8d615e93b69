import CVector

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

  /// ``lameBytewise(_:after:)``, 64 bytes at a time where the processor can.
  package static func lame(_ bytes: UnsafeRawBufferPointer, after sum: UInt16 = 0) -> UInt16 {
    var folded = SIMD16<UInt8>()
    let done = withUnsafeMutableBytes(of: &folded) { folded in
      cvector_crc16_fold(
        bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, sum, folded.bindMemory(to: UInt8.self).baseAddress)
    }
    guard done > 0 else { return lameBySlices(bytes, after: sum) }
    let start = withUnsafeBytes(of: &folded) { lameBySlices($0, after: 0) }
    return lameBySlices(UnsafeRawBufferPointer(rebasing: bytes[done...]), after: start)
  }

  /// The same, sixteen bytes at a time.
  package static func lameBySlices(_ bytes: UnsafeRawBufferPointer, after sum: UInt16) -> UInt16 {
    let whole = bytes.count & ~15
    let start = slices.withUnsafeBufferPointer { slices in
      var (sum, offset) = (sum, 0)
      while offset < whole, let slices = slices.baseAddress, let bytes = bytes.baseAddress {
        sum = sixteen(bytes + offset, slices, after: sum)
        offset += 16
      }
      return sum
    }
    return lameBytewise(UnsafeRawBufferPointer(rebasing: bytes[whole...]), after: start)
  }

  @inline(__always) private static func sixteen(
    _ bytes: UnsafeRawPointer, _ slices: UnsafePointer<UInt16>, after sum: UInt16
  ) -> UInt16 {
    let low = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    let high = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    var (next, place) = (UInt16(0), 0)
    while place < 8 {
      if place > 1 { next ^= slices[(15 - place) * 256 + Int(low &>> UInt64(8 * place) & 0xFF)] }
      next ^= slices[(7 - place) * 256 + Int(high &>> UInt64(8 * place) & 0xFF)]
      place += 1
    }
    // Last, so that nothing else waits for the sum so far.
    let first = UInt16(truncatingIfNeeded: low) ^ sum
    return next ^ slices[15 * 256 + Int(first & 0xFF)] ^ slices[14 * 256 + Int(first &>> 8)]
  }

  /// ``lame(_:after:)`` of bytes whose sum is `before` and of `count` more whose own is `sum`: what was before has been
  /// multiplied by x^8 for each of these, modulo the polynomial.
  package static func lame(after before: UInt16, _ sum: UInt16, of count: Int) -> UInt16 {
    // The first bit is the last: 1 is 0x8000, x^8 is 0x80.
    var (product, power, left) = (before, UInt16(0x80), count)
    while left > 0 {
      if left & 1 == 1 { product = times(product, power) }
      power = times(power, power)
      left >>= 1
    }
    return product ^ sum
  }

  private static func times(_ one: UInt16, _ two: UInt16) -> UInt16 {
    (0..<16).reduce((sum: UInt16(0), power: one)) { so, bit in
      (two << bit & 0x8000 != 0 ? so.sum ^ so.power : so.sum, so.power >> 1 ^ (so.power & 1 != 0 ? 0xA001 : 0))
    }.sum
  }

  /// The definition.
  package static func lameBytewise(_ bytes: UnsafeRawBufferPointer, after sum: UInt16 = 0) -> UInt16 {
    slices.withUnsafeBufferPointer { slices in
      var (sum, index) = (sum, 0)
      while index < bytes.count {
        sum = sum &>> 8 ^ slices[Int(UInt8(truncatingIfNeeded: sum) ^ bytes[index])]
        index += 1
      }
      return sum
    }
  }

  private static let table: [UInt16] = (0..<256).map { index in
    (0..<8).reduce(UInt16(index) << 8) { value, _ in value & 0x8000 != 0 ? value << 1 ^ 0x8005 : value << 1 }
  }

  /// What a byte adds to the sum, and from 256 on what it has added once one byte more came behind it, and so on.
  private static let slices: [UInt16] = {
    var slices: [UInt16] = (0..<256).map { index in
      (0..<8).reduce(UInt16(index)) { value, _ in value & 1 != 0 ? value >> 1 ^ 0xA001 : value >> 1 }
    }
    for index in 256..<(16 * 256) {
      let before = slices[index - 256]
      slices.append(before >> 8 ^ slices[Int(before & 0xFF)])
    }
    return slices
  }()
}
