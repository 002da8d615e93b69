import MPEG

/// The header of one MP3 frame (or of layer I or II): ISO/IEC 11172-3, 2.4.2.3, and 13818-3 for the lower rates.
struct MPEGHeader: Equatable {
  private let word: UInt32
  /// 1, 2, or 25 for the unofficial 2.5.
  let version: Int
  let layer: Int
  let rate: Int
  let isMono: Bool
  /// Of the whole MP3 frame.
  let byteCount: Int

  /// - Returns: nil where `word` is no header, and for the free format, whose frames don't say how long they are.
  init?(_ word: UInt32) {
    guard word >> 21 == 0x7FF, (word >> 19) & 3 != 1, (word >> 17) & 3 != 0, (word >> 10) & 3 != 3,
      word & 3 != 2
    else { return nil }
    self.word = word
    let bitrateIndex = Int(word >> 12 & 15)
    version = [25, 0, 2, 1][Int(word >> 19 & 3)]
    layer = 4 - Int(word >> 17 & 3)
    let base = [44_100, 48_000, 32_000][Int(word >> 10 & 3)]
    rate = version == 1 ? base : version == 2 ? base / 2 : base / 4
    isMono = word >> 6 & 3 == 3
    let kilobits = Self.kilobits(version: version, layer: layer)[bitrateIndex]
    guard kilobits > 0 else { return nil }
    let padding = Int(word >> 9 & 1)
    let framesPerBit = layer == 1 ? 12 : Self.samples(version: version, layer: layer) / 8
    let slots = framesPerBit * kilobits * 1_000 / rate + padding
    byteCount = layer == 1 ? slots * 4 : slots
  }

  /// Frames of sound in one MP3 frame.
  var samples: Int { Self.samples(version: version, layer: layer) }

  /// From the start of the MP3 frame to where a Xing tag would be: behind the side information.
  var xingOffset: Int {
    let side = version == 1 ? (isMono ? 17 : 32) : (isMono ? 9 : 17)
    return 4 + side
  }

  /// Whether both can be of one stream.
  func continues(_ other: MPEGHeader) -> Bool {
    version == other.version && layer == other.layer && rate == other.rate
  }

  /// Of all MP3 frames that continue this one.
  var lengths: FrameLengths? { FrameHeader(word).map(FrameLengths.init) }

  private static func samples(version: Int, layer: Int) -> Int {
    switch layer {
    case 1: 384
    case 2: 1_152
    default: version == 1 ? 1_152 : 576
    }
  }

  private static func kilobits(version: Int, layer: Int) -> [Int] {
    switch (version == 1, layer) {
    case (true, 1): [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0]
    case (true, 2): [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0]
    case (true, _): [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0]
    case (false, 1): [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0]
    case (false, _): [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0]
    }
  }
}

extension MPEGHeader {
  /// What libmpg123 takes off the start of whatever has a Xing tag, beside the delay that LAME's part of it says: the
  /// delay of the decoder.
  private static let decoderDelay = 529

  /// Two MP3 frames to stand before a stream that has no tag: one with the tag, and one of silence, which the delay in
  /// the tag takes off again together with the decoder's, so that no frame of sound moves.
  /// - Parameters:
  ///   - count: of the MP3 frames that follow.
  ///   - size: of them, in bytes.
  /// - Returns: nothing for layers I and II, where there is no such tag.
  func announcing(frames count: Int, byteCount size: Int64) -> [UInt8] {
    let tagLength = 52
    guard layer == 3, let plain = plain(byteCount: xingOffset + tagLength) else { return [] }
    let number = { (value: Int) in Patch(UInt32(clamping: value), at: 0, bigEndian: true).bytes }
    let (delay, padding) = (samples - Self.decoderDelay, Self.decoderDelay)
    let silence = number(Int(plain.word)) + [UInt8](repeating: 0, count: plain.byteCount - 4)
    let trims = number(delay << 12 | padding)[1...]
    let tag =
      Array("Xing".utf8) + number(3) + number(count + 1) + number(Int(clamping: size) + 2 * plain.byteCount)
      + Array("LAME".utf8) + [UInt8](repeating: 0, count: 17) + trims
    var first = silence
    first.replaceSubrange(xingOffset..<(xingOffset + tag.count), with: tag)
    return first + silence
  }

  /// A header of this stream with the lowest bit rate that leaves room for `size` bytes, without padding, checksum and
  /// coupled channels.
  private func plain(byteCount size: Int) -> MPEGHeader? {
    let base = word & ~0xF230 | 1 << 16
    return (1..<UInt32(15)).lazy.compactMap { MPEGHeader(base | $0 << 12) }.first { $0.byteCount >= size }
  }
}
