/// What encoders fill unused bits with: zeros, or LAME's name, its version and bits in turn (`drain_into_ancillary` in
/// LAME's `bitstream.c`), begun anew now and then, and not on the edge of a byte.
package struct Filling {
  /// Bits in turn, or zeros, that are no chance any more.
  private static let leastRun = 8
  /// How far bits are looked at together.
  private static let stride = 48

  private let bytes: UnsafeRawBufferPointer
  private var bitCount: Int { bytes.count * 8 }

  /// - Parameter bit: the first one of `bytes` to be looked at, 0...7. What is left of that byte may also be the beginning
  ///   of LAME's name, whose rest gave way to zeros: no less than a byte is anything.
  package static func isHarmless(_ bytes: UnsafeRawBufferPointer, from bit: Int) -> Bool {
    let whole = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(bit > 0 ? 1 : 0))
    if isZero(whole) { return true }
    return Filling(bytes: bytes).goesOn(from: bit) || (bit > 0 && Filling(bytes: whole).goesOn(from: 0))
  }

  private static func isZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var (place, all) = (0, UInt64(0))
    while all == 0, place + 8 <= bytes.count {
      all = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      place += 8
    }
    return all == 0 && bytes[place...].allSatisfy { $0 == 0 }
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
      if length <= Self.stride || end >= bitCount { break }
      end = max(end, lastAlike(from: end))
    }
    // Its first letter, 01001100, begins as a run goes on.
    let name = end - (isZeros ? 1 : 3)
    if end < bitCount, name > start, nameLength(at: name) > 0 { return name }
    end = min(end, bitCount)
    let isEnough = end - start >= Self.leastRun || end == bitCount || nameLength(at: end) > 0
    return isEnough ? end : nil
  }

  /// Within a run, whole bytes are all alike.
  /// - Parameter position: behind 15 bits or more of a run.
  /// - Returns: a place up to which it surely goes on, or one before `position`.
  private func lastAlike(from position: Int) -> Int {
    var place = position / 8 - 1
    let eight = UInt64(bytes[place]) &* 0x0101_0101_0101_0101
    while place + 8 <= bytes.count, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) == eight { place += 8 }
    return (place - 1) * 8
  }

  private func zeros(at position: Int) -> Int { bits(at: position).leadingZeroBitCount }

  /// Bits of which each is another than the one before.
  private func turns(at position: Int) -> Int {
    let bits = bits(at: position)
    return 1 + (~(bits ^ bits << 1)).leadingZeroBitCount
  }

  /// - Returns: bits of as much of `LAME3.100` as stands there.
  private func nameLength(at start: Int) -> Int {
    let letters = UInt32(truncatingIfNeeded: bits(at: start) >> 32) ^ 0x4C41_4D45
    let count = min(letters.leadingZeroBitCount, bitCount - start) / 8
    var position = start + count * 8
    guard count == 4 else { return position - start }
    while position < start + 96, position + 8 <= bitCount, Self.isOfVersion(bits(at: position) >> 56) { position += 8 }
    return position - start
  }

  /// Digits, and `.`, `r`, `a`, `b`, and a space.
  @inline(__always) private static func isOfVersion(_ byte: UInt64) -> Bool {
    byte < 64 ? 0x03FF_4001_0000_0000 >> byte & 1 == 1 : byte == 0x72 || byte == 0x61 || byte == 0x62
  }

  /// 57 bits or more from `position` on, in the highest places; zeros behind the end.
  @inline(__always) private func bits(at position: Int) -> UInt64 {
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
