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
    let first = position / 8
    for index in first..<(first + 5) {
      let at = bytes.startIndex + index
      value = value << 8 | (at < bytes.endIndex ? UInt64(bytes[at]) : 0)
    }
    let shifted = value >> UInt64(40 - position % 8 - width)
    position += width
    return UInt32(truncatingIfNeeded: shifted & ((1 << UInt64(width)) - 1))
  }
}

/// Writes fields of bits, first bit first; the last byte is filled up with zeros.
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var free = 0

  /// - Parameter width: 0...32; the lower bits of `value` are written.
  mutating func write(_ value: UInt32, _ width: Int) {
    var left = width
    while left > 0 {
      if free == 0 {
        bytes.append(0)
        free = 8
      }
      let count = min(free, left)
      let part = UInt8(truncatingIfNeeded: (value >> UInt32(left - count)) & ((1 << UInt32(count)) - 1))
      bytes[bytes.count - 1] |= part << UInt8(free - count)
      free -= count
      left -= count
    }
  }
}
