/// Where the main data of MP3 frames of one stream lies, read from their side information without taking it apart: for
/// walks over whole files, where that would take longer than reading them.
package struct MainDataExtent: Sendable {
  private let beginWidth: UInt32
  /// Of `part2_3_length`, 12 bits, for each granule and channel.
  private let lengths: [Int]

  package init(like header: FrameHeader) {
    let layout = SideInfo.Layout(header)
    beginWidth = UInt32(layout.beginWidth)
    let first = layout.beginWidth + layout.privateWidth + layout.selectionWidth
    lengths = (0..<(header.granules * header.channels)).map { first + $0 * layout.granuleWidth }
  }

  /// - Parameter side: ``FrameHeader/sideInfoLength`` bytes or more.
  /// - Returns: `main_data_begin`, and how many bits there are.
  package func read(_ side: UnsafeRawBufferPointer) -> (begin: Int, bits: Int) {
    let begin = Self.word(side, at: 0) >> (32 - beginWidth)
    var bits = 0
    for place in lengths { bits += Int((Self.word(side, at: place / 8) << UInt32(place % 8)) >> 20) }
    return (Int(begin), bits)
  }

  /// Whether both say the same but for `main_data_begin`.
  /// - Parameters:
  ///   - one: ``FrameHeader/sideInfoLength`` bytes.
  ///   - other: as many.
  func isSameBehindBegin(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
    let first = (Self.word(one, at: 0) ^ Self.word(other, at: 0)) << beginWidth
    return first == 0 && one.dropFirst(4).elementsEqual(other.dropFirst(4))
  }

  @inline(__always) private static func word(_ side: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
    UInt32(bigEndian: side.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}
