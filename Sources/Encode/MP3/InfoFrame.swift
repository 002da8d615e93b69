import MPEG
import PCM

/// What is known of an encoding before it begins.
struct MP3Probe {
  let header: FrameHeader
  let lowpass: Int

  /// Encodes a moment of silence, to see what LAME makes of the settings.
  init(_ settings: MP3Settings, format: SoundFormat) throws {
    let silence = [Float](repeating: 0, count: 8 * 1_152 * format.channels)
    let part = try EncodedPart(
      silence, count: 1, dropping: 0, settings: settings, format: format, usesReservoir: false)
    header = part.pieces[0].header
    lowpass = try LAMEEncoder(settings, format: format, usesReservoir: false).lowpass
  }
}

/// The MP3 frame in front of all others, which says how many they are and what of them is no sound.
struct InfoFrame {
  let settings: MP3Settings
  let format: SoundFormat
  /// In hertz.
  let lowpass: Int
  /// Frames of silence behind the sound.
  let padding: Int
  let musicCRC: UInt16

  /// The least of the stream's bit rate and upwards that has room for all of the tag.
  static func header(like header: FrameHeader) throws -> FrameHeader {
    let plain = header.with(protection: false).with(padding: false).with(modeExtension: 0)
    let least = plain.byteCount(forTag: InfoTag.wholeLength)
    guard
      let found = (1...14).lazy.compactMap({ plain.with(bitrateIndex: $0) }).first(where: {
        $0.bitrate >= header.bitrate && $0.frameLength >= least
      })
    else { throw EncodeError.unsupported("an MP3 frame at \(header.rate) Hz has no room for the tag with the length") }
    return found
  }

  func bytes(_ header: FrameHeader, _ table: SeekTable) throws -> [UInt8] {
    var tag = InfoTag(isConstant: settings.isConstant(for: format))
    tag.frames = UInt32(clamping: table.frames)
    tag.byteCount = UInt32(clamping: table.byteCount + header.frameLength)
    tag.contents = table.contents(lead: header.frameLength)
    tag.quality = UInt32(max(0, 100 - 10 * variableQuality - settings.effort))
    tag.lame = lamePart(header, table)
    guard let bytes = tag.frame(header) else { throw EncodeError.unsupported("the tag with the length has no room") }
    return bytes
  }

  private var variableQuality: Int {
    if case .variable(let quality) = settings.rate(of: format) { return quality }
    return 4
  }

  /// Peak and loudness stay empty: an encoder that measured them would tell of the sound.
  private func lamePart(_ header: FrameHeader, _ table: SeekTable) -> InfoTag.LAMEPart {
    let (method, bitrate): (UInt8, Int) =
      switch settings.rate(of: format) {
      case .constant(let kilobits): (1, kilobits)
      case .average(let kilobits): (2, kilobits)
      case .variable: (4, 0)
      }
    return InfoTag.LAMEPart(
      encoder: Array("LAME3.100".utf8), method: method, lowpass: UInt8(clamping: (lowpass + 50) / 100),
      bitrate: UInt8(clamping: bitrate),
      delay: Partition.encoderDelay, padding: padding,
      musicLength: UInt32(clamping: table.byteCount + header.frameLength),
      musicCRC: musicCRC)
  }
}

extension MP3Settings {
  func isConstant(for format: SoundFormat) -> Bool {
    if case .constant = rate(of: format) { return true }
    return false
  }
}

extension FrameHeader {
  fileprivate func byteCount(forTag length: Int) -> Int { FrameHeader.byteCount + sideInfoLength + length }
}
