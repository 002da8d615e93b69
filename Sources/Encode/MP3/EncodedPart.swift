import MPEG
import PCM

/// The MP3 frames of one part of a sound, with their main data taken out of the slots it came in.
struct EncodedPart: Sendable {
  struct Piece: Sendable {
    let header: FrameHeader
    var sideInfo: SideInfo
    /// Scale factors and Huffman codes of all granules, no ancillary data.
    let mainData: [UInt8]
  }

  let pieces: [Piece]

  /// - Parameters:
  ///   - samples: interleaved, from the lead-in on.
  ///   - count: MP3 frames of the part; `leadIn` before them are dropped.
  init(
    _ samples: [Float], count: Int, dropping leadIn: Int, settings: MP3Settings, format: SoundFormat,
    usesReservoir: Bool
  ) throws {
    var encoder = try LAMEEncoder(settings, format: format, usesReservoir: usesReservoir)
    var bytes: [UInt8] = []
    var samples = samples
    try samples.withUnsafeMutableBufferPointer { try encoder.encode($0) { bytes += $0 } }
    try encoder.flush { bytes += $0 }
    pieces = Array(try Self.pieces(of: bytes).dropFirst(leadIn).prefix(count))
    guard pieces.count == count else {
      throw EncodeError.unsupported("libmp3lame made fewer MP3 frames than it should")
    }
  }

  private static func pieces(of bytes: [UInt8]) throws -> [Piece] {
    var pieces: [Piece] = []
    var stream = MainDataReader()
    var offset = 0
    while let frame = Frame(bytes[offset...]) {
      guard let mainData = stream.mainData(of: frame) else {
        throw EncodeError.unsupported("libmp3lame made an MP3 frame whose main data is not there")
      }
      pieces.append(Piece(header: frame.header, sideInfo: frame.sideInfo, mainData: mainData))
      offset += frame.header.frameLength
    }
    return pieces
  }
}
