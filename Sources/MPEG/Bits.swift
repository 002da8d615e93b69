/// Reads fields of bits from bytes, first bit first.
struct BitReader {
  private let bytes: ArraySlice<UInt8>
  /// Counted from the first byte.
  private(set) var position = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var bitsLeft: Int { bytes.count * 8 - position }

  /// - Parameter width: 0...32; bits past the end are 0.
  mutating func read(_ width: Int) -> UInt32 {
    var value: UInt64 = 0
    let first = bytes.startIndex + position / 8
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

  init() { whole.reserveCapacity(40) }

  var bytes: [UInt8] {
    restWidth == 0 ? whole : whole + [UInt8(truncatingIfNeeded: rest << UInt64(8 - restWidth))]
  }

  /// - Parameter width: 0...32; the lower bits of `value` are written.
  mutating func write(_ value: UInt32, _ width: Int) {
    rest = rest << UInt64(width) | UInt64(value) & ((1 << UInt64(width)) - 1)
    restWidth += width
    while restWidth >= 8 {
      restWidth -= 8
      whole.append(UInt8(truncatingIfNeeded: rest >> UInt64(restWidth)))
    }
  }
}
