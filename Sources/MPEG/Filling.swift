/// What encoders fill unused bits with: zeros, or LAME's name, its version and bits in turn (`drain_into_ancillary` in
/// LAME's `bitstream.c`), begun anew now and then, and not on the edge of a byte.
package struct Filling {
  /// Bits in turn, or zeros, that are no chance any more.
  private static let leastRun = 8
  /// How far bits are looked at together.
  private static let stride = 32

  private let bytes: UnsafeRawBufferPointer
  private var bitCount: Int { bytes.count * 8 }

  /// - Parameter bit: the first one of `bytes` to be looked at, 0...7. What is left of that byte may also be the beginning
  ///   of LAME's name, whose rest gave way to zeros: no less than a byte is anything.
  package static func isHarmless(_ bytes: UnsafeRawBufferPointer, from bit: Int) -> Bool {
    let whole = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(bit > 0 ? 1 : 0))
    if whole.reduce(0, |) == 0 { return true }
    return Filling(bytes: bytes).goesOn(from: bit) || (bit > 0 && Filling(bytes: whole).goesOn(from: 0))
  }

  /// To the end.
  private func goesOn(from bit: Int) -> Bool {
    var position = bit
    while position < bitCount {
      let name = nameLength(at: position)
      if name > 0 {
        position += name
        continue
      }
      guard let next = behindRun(from: position) else { return false }
      position = next
    }
    return true
  }

  /// - Returns: where LAME's name, or the end, comes behind bits in turn or zeros.
  private func behindRun(from start: Int) -> Int? {
    let isZeros = bits(at: start) >> 62 == 0
    var end = start
    while end < bitCount {
      let length = isZeros ? zeros(at: end) : turns(at: end)
      end += min(length, Self.stride)
      if length < Self.stride { break }
    }
    // Its first letter, 01001100, begins as a run goes on.
    let name = end - (isZeros ? 1 : 3)
    if end < bitCount, name > start, nameLength(at: name) > 0 { return name }
    end = min(end, bitCount)
    let isEnough = end - start >= Self.leastRun || end == bitCount || nameLength(at: end) > 0
    return isEnough ? end : nil
  }

  private func zeros(at position: Int) -> Int { bits(at: position).leadingZeroBitCount }

  /// Bits of which each is another than the one before.
  private func turns(at position: Int) -> Int {
    let bits = bits(at: position)
    return 1 + (~(bits ^ bits << 1)).leadingZeroBitCount
  }

  /// - Returns: bits of as much of `LAME3.100` as stands there.
  private func nameLength(at start: Int) -> Int {
    var position = start
    for letter in "LAME".utf8 {
      guard byte(at: position) == letter else { return position - start }
      position += 8
    }
    for _ in 0..<8 {
      guard let next = byte(at: position), "0123456789.rab ".utf8.contains(next) else { break }
      position += 8
    }
    return position - start
  }

  private func byte(at start: Int) -> UInt8? {
    start + 8 <= bitCount ? UInt8(truncatingIfNeeded: bits(at: start) >> 56) : nil
  }

  /// 57 bits or more from `position` on, in the highest places; zeros behind the end.
  private func bits(at position: Int) -> UInt64 {
    let first = position / 8
    if first + 8 <= bytes.count {
      let eight = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: first, as: UInt64.self))
      return eight << UInt64(position % 8)
    }
    let rest = bytes.dropFirst(first).prefix(8)
    let eight = rest.reduce(0) { $0 << 8 | UInt64($1) } << UInt64(64 - 8 * rest.count)
    return eight << UInt64(position % 8)
  }
}
