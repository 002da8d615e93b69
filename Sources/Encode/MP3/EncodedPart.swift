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

  init(_ pieces: [Piece]) { self.pieces = pieces }

  /// - Parameters:
  ///   - samples: interleaved, from the lead-in on.
  ///   - count: MP3 frames of the part; `leadIn` before them are dropped.
  init(
    _ samples: [Float], count: Int, dropping leadIn: Int, settings: MP3Settings, format: SoundFormat,
    usesReservoir: Bool
  ) throws {
    try self.init(
      samples[...], count: count, dropping: leadIn, settings: settings, format: format, usesReservoir: usesReservoir)
  }

  init(
    _ samples: ArraySlice<Float>, count: Int, dropping leadIn: Int, settings: MP3Settings, format: SoundFormat,
    usesReservoir: Bool
  ) throws {
    var encoder = try LAMEEncoder(settings, format: format, usesReservoir: usesReservoir)
    var bytes: [UInt8] = []
    try samples.withUnsafeBufferPointer { try encoder.encode($0) { bytes += $0 } }
    try encoder.flush { bytes += $0 }
    pieces = try Self.pieces(of: bytes, leadIn..<(leadIn + count))
    guard pieces.count == count else {
      throw EncodeError.unsupported("libmp3lame made fewer MP3 frames than it should")
    }
  }

  /// - Parameter wanted: of the MP3 frames in `bytes`.
  private static func pieces(of bytes: [UInt8], _ wanted: Range<Int>) throws -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(wanted.count)
    var (stream, offset, index) = (MainDataReader(), 0, 0)
    while index < wanted.upperBound, let frame = Frame(bytes[offset...]) {
      guard let mainData = stream.mainData(of: frame) else {
        throw EncodeError.unsupported("libmp3lame made an MP3 frame whose main data is not there")
      }
      if wanted.contains(index) {
        pieces.append(Piece(header: frame.header, sideInfo: frame.sideInfo, mainData: mainData))
      }
      offset += frame.header.frameLength
      index += 1
    }
    return pieces
  }
}
