/// Looks for many short runs of bytes in one pass.
struct ByteSearch {
  private let needles: [[UInt8]]
  /// By their first two bytes.
  private let starts: [UInt16: [Int]]
  private let isStart: [Bool]

  /// - Parameter needles: of two bytes or more; shorter ones are never found.
  init(_ needles: [[UInt8]]) {
    self.needles = needles
    let long = needles.indices.filter { needles[$0].count >= 2 }
    starts = Dictionary(grouping: long) { Self.pair(needles[$0][0], needles[$0][1]) }
    var isStart = [Bool](repeating: false, count: 1 << 16)
    for start in starts.keys { isStart[Int(start)] = true }
    self.isStart = isStart
  }

  /// - Returns: the indices of the needles that are there.
  func found(in bytes: [UInt8]) -> Set<Int> {
    guard bytes.count >= 2, !starts.isEmpty else { return [] }
    var found: Set<Int> = []
    bytes.withUnsafeBufferPointer { bytes in
      isStart.withUnsafeBufferPointer { isStart in
        var index = 0
        while index < bytes.count - 1 {
          let pair = Self.pair(bytes[index], bytes[index + 1])
          if isStart[Int(pair)] { found.formUnion(matches(bytes, index, pair)) }
          index += 1
        }
      }
    }
    return found
  }

  private func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ pair: UInt16) -> [Int] {
    (starts[pair] ?? []).filter { number in
      let needle = needles[number]
      return needle.count <= bytes.count - index && bytes[index..<(index + needle.count)].elementsEqual(needle)
    }
  }

  private static func pair(_ first: UInt8, _ second: UInt8) -> UInt16 { UInt16(first) << 8 | UInt16(second) }
}
