import MPEG
import PCM

/// MP3 frames that follow one another, with their main data taken out of the slots it came in.
struct EncodedPart: Sendable {
  struct Piece: Sendable {
    let header: FrameHeader
    /// As the encoder wrote it: `main_data_begin` is what it had saved up in the slots before.
    var sideInfo: SideInfo
    /// Scale factors and Huffman codes of all granules, no ancillary data but up to the end of the last byte.
    let mainData: [UInt8]
  }

  let pieces: [Piece]

  init(_ pieces: [Piece]) { self.pieces = pieces }

  /// - Parameters:
  ///   - samples: interleaved, from the lead-in on.
  ///   - count: MP3 frames of the part; `leadIn` before them are dropped.
  init(
    _ samples: [Float], count: Int, dropping leadIn: Int, settings: MP3Settings, format: SoundFormat,
    usesReservoir: Bool
  ) throws {
    var encoder = PartEncoder(settings, format: format, usesReservoir: usesReservoir)
    try encoder.encode(samples[...])
    try encoder.finish()
    pieces = Array(encoder.pieces.dropFirst(leadIn).prefix(count))
    guard pieces.count == count else {
      throw EncodeError.unsupported("libmp3lame made fewer MP3 frames than it should")
    }
  }
}
