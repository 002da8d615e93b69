import MPEG

/// The MP3 frames of a file, found by their headers alone.
struct Walk {
  let bytes: [UInt8]
  /// Where each begins.
  private(set) var offsets: [Int] = []
  private(set) var frames: [Frame] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var offset = Self.tagLength(bytes)
    while let frame = Frame(bytes[offset...]) {
      offsets.append(offset)
      frames.append(frame)
      offset += frame.header.frameLength
    }
    end = offset
  }

  /// Behind the last one.
  let end: Int

  var infoTag: InfoTag? { frames.first.flatMap { InfoTag(bytes(of: 0), header: $0.header) } }

  /// Without the frame of the tag.
  var sound: ArraySlice<Frame> { frames.dropFirst(infoTag == nil ? 0 : 1) }

  func bytes(of index: Int) -> ArraySlice<UInt8> {
    bytes[offsets[index]..<(offsets[index] + frames[index].header.frameLength)]
  }

  /// Of an ID3v2 tag in front (its length is in four times seven bits).
  private static func tagLength(_ bytes: [UInt8]) -> Int {
    guard bytes.starts(with: "ID3".utf8) else { return 0 }
    return 10 + bytes[6..<10].reduce(0) { $0 << 7 | Int($1) }
  }
}
