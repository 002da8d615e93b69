/// Reads fields of bits from bytes, first bit first.
struct BitReader {
  private let bytes: ArraySlice<UInt8>
  /// Counted from the first byte.
  private(set) var position = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var bitsLeft: Int { bytes.count * 8 - position }

  /// - Parameter width: 0...32; bits past the end are 0.
  mutating func read(_ width: Int) -> UInt32 {
    let first = bytes.startIndex + position / 8
    if first + 8 <= bytes.endIndex {
      let eight = bytes.withUnsafeBytes {
        UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: position / 8, as: UInt64.self))
      }
      let value = (eight << UInt64(position % 8)) >> UInt64(64 - width)
      position += width
      return UInt32(truncatingIfNeeded: value)
    }
    var value: UInt64 = 0
    let length = (position % 8 + width + 7) / 8
    for at in first..<(first + length) {
      value = value << 8 | (at < bytes.endIndex ? UInt64(bytes[at]) : 0)
    }
    let shifted = value >> UInt64(8 * length - position % 8 - width)
    position += width
    return UInt32(truncatingIfNeeded: shifted & ((1 << UInt64(width)) - 1))
  }
}

/// Writes fields of bits, first bit first; the last byte is filled up with zeros.
struct BitWriter {
  private var whole: [UInt8] = []
  /// Bits that are no whole byte yet, the last in the lowest place.
  private var rest: UInt64 = 0
  private var restWidth = 0

  /// - Parameter capacity: bytes to make room for.
  init(capacity: Int = 40) { whole.reserveCapacity(capacity) }

  /// All that was written.
  consuming func finish() -> [UInt8] {
    while restWidth >= 8 { takeByte() }
    if restWidth > 0 { whole.append(UInt8(truncatingIfNeeded: rest << UInt64(8 - restWidth))) }
    return whole
  }

  /// - Parameter width: 0...32; the lower bits of `value` are written.
  mutating func write(_ value: UInt32, _ width: Int) {
    rest = rest << UInt64(width) | UInt64(value) & ((1 << UInt64(width)) - 1)
    restWidth += width
    guard restWidth >= 32 else { return }
    restWidth -= 32
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: rest >> UInt64(restWidth)).bigEndian) { whole += $0 }
  }

  private mutating func takeByte() {
    restWidth -= 8
    whole.append(UInt8(truncatingIfNeeded: rest >> UInt64(restWidth)))
  }
}
