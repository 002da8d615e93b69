/// The header of one MP3 frame (or of one of layers I and II): ISO/IEC 11172-3, 2.4.2.3, and 13818-3 for the lower rates.
package struct FrameHeader: Hashable, Sendable {
  package enum Version: Sendable {
    case one, two
    /// Fraunhofer's, for 8 to 12 kHz.
    case twoPointFive
  }

  package static let byteCount = 4

  /// The four bytes, as a big-endian number.
  package let word: UInt32
  package let version: Version
  /// 1, 2 or 3.
  package let layer: Int
  /// In hertz.
  package let rate: Int
  /// In kbit/s.
  package let bitrate: Int
  /// Of the whole MP3 frame, header included, in bytes.
  package let frameLength: Int

  /// - Returns: nil where `word` is no header, and for the free format, whose frames don't say how long they are.
  package init?(_ word: UInt32) {
    guard word >> 21 == 0x7FF, (word >> 19) & 3 != 1, (word >> 17) & 3 != 0, (word >> 10) & 3 != 3, word & 3 != 2
    else { return nil }
    self.word = word
    version = word >> 19 & 3 == 3 ? .one : word >> 19 & 3 == 2 ? .two : .twoPointFive
    layer = 4 - Int(word >> 17 & 3)
    let base = Self.rates[Int(word >> 10 & 3)]
    rate = version == .one ? base : version == .two ? base / 2 : base / 4
    bitrate = Self.bitrates(version, layer: layer)[Int(word >> 12 & 15)]
    guard bitrate > 0 else { return nil }
    let padding = Int(word >> 9 & 1)
    let framesPerBit = layer == 1 ? 12 : Self.soundFrames(version, layer: layer) / 8
    let slots = framesPerBit * bitrate * 1_000 / rate + padding
    frameLength = layer == 1 ? slots * 4 : slots
  }

  /// - Parameter bytes: four or more.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.byteCount else { return nil }
    self.init(bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
  }

  /// Whether `word` is a header of the free format, in which the bit rate is not said.
  package static func isFreeFormat(_ word: UInt32) -> Bool {
    word >> 12 & 15 == 0 && FrameHeader(word | 1 << 12) != nil
  }

  /// Frames of sound in one MP3 frame.
  package var soundFrames: Int { Self.soundFrames(version, layer: layer) }
  /// Of layer III, 576 frames of sound each.
  package var granules: Int { version == .one ? 2 : 1 }
  package var isMono: Bool { word >> 6 & 3 == 3 }
  package var isJointStereo: Bool { word >> 6 & 3 == 1 }
  package var channels: Int { isMono ? 1 : 2 }
  package var isPadded: Bool { word >> 9 & 1 == 1 }
  /// Whether two bytes of CRC-16 follow the header.
  package var isProtected: Bool { word >> 16 & 1 == 0 }

  /// In bytes, layer III: 2.4.1.7 and 13818-3, 2.4.1.7.
  package var sideInfoLength: Int { version == .one ? (isMono ? 17 : 32) : (isMono ? 9 : 17) }
  /// From the start of the MP3 frame to its slot of main data, or to where a Xing tag is.
  package var slotOffset: Int { Self.byteCount + (isProtected ? 2 : 0) + sideInfoLength }
  /// Bytes of main data that travel in this MP3 frame; negative in a frame too short for its side information.
  package var slotLength: Int { frameLength - slotOffset }
  /// How far `main_data_begin` reaches back: nine bits, or eight.
  package var mostMainDataBegin: Int { version == .one ? 511 : 255 }

  package var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }

  /// Whether both can be of one stream.
  package func continues(_ other: FrameHeader) -> Bool {
    version == other.version && layer == other.layer && rate == other.rate
  }

  /// The same with other bits at `shift`.
  private func replacing(_ value: UInt32, width: UInt32, at shift: UInt32) -> FrameHeader? {
    let mask: UInt32 = ((1 << width) - 1) << shift
    let changed = word & ~mask | value << shift & mask
    return changed == word ? self : FrameHeader(changed)
  }

  /// - Parameter index: 1...14 into ``bitrates(_:layer:)``.
  package func with(bitrateIndex index: Int) -> FrameHeader? { replacing(UInt32(index), width: 4, at: 12) }
  package func with(padding: Bool) -> FrameHeader { replacing(padding ? 1 : 0, width: 1, at: 9) ?? self }
  package func with(protection: Bool) -> FrameHeader { replacing(protection ? 0 : 1, width: 1, at: 16) ?? self }
  /// Which channels are coupled, and how: `mode_extension`.
  package func with(modeExtension bits: UInt32) -> FrameHeader { replacing(bits, width: 2, at: 4) ?? self }
  /// What tells nothing of how to decode: the private bit, copyright, original and emphasis; and whether channels may be
  /// coupled. Both have as many channels.
  package func with(flagsOf other: FrameHeader) -> FrameHeader {
    let mask: UInt32 = 0x1CF
    return FrameHeader(word & ~mask | other.word & mask) ?? self
  }
  package var modeExtension: UInt32 { word >> 4 & 3 }

  private static func soundFrames(_ version: Version, layer: Int) -> Int {
    switch layer {
    case 1: 384
    case 2: 1_152
    default: version == .one ? 1_152 : 576
    }
  }

  /// Of MPEG-1, in hertz.
  private static let rates = [44_100, 48_000, 32_000]

  /// In kbit/s by their index, 0 for the free format and for what is forbidden.
  package static func bitrates(_ version: Version, layer: Int) -> [Int] {
    version == .one ? higherBitrates[layer - 1] : lowerBitrates[min(layer, 2) - 1]
  }

  private static let higherBitrates = [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
  ]

  private static let lowerBitrates = [
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
  ]
}
