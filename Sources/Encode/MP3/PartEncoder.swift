import MPEG
import PCM

/// One encoder at work, and the MP3 frames that it has made so far, with their main data taken out of the slots.
struct PartEncoder: ~Copyable {
  private let settings: MP3Settings
  private let format: SoundFormat
  private let usesReservoir: Bool
  /// nil until there is something to encode: its memory takes time to set up.
  private var encoder: LAMEEncoder?
  /// Of MP3 frames that are not whole: LAME gives one out when its slot is full.
  private var rest: [UInt8] = []
  private var mainData = MainDataReader()
  private(set) var pieces: [EncodedPart.Piece] = []
  /// Which MP3 frame of the sound ``pieces`` begins with.
  private(set) var first: Int

  /// - Parameter first: the MP3 frame of the sound that the encoder begins with.
  init(_ settings: MP3Settings, format: SoundFormat, first: Int = 0, usesReservoir: Bool = true) {
    (self.settings, self.format, self.usesReservoir, self.first) = (settings, format, usesReservoir, first)
  }

  /// The MP3 frame of the sound behind ``pieces``.
  var end: Int { first + pieces.count }

  /// - Parameter samples: interleaved; what follows those before.
  mutating func encode(_ samples: ArraySlice<Float>) throws {
    try start()
    var made: [UInt8] = []
    try samples.withUnsafeBufferPointer { try encoder?.encode($0) { made += $0 } }
    try add(made)
  }

  /// Takes MP3 frames that were made before, as following those that are there.
  mutating func recall(_ kept: [EncodedPart.Piece]) { pieces += kept }

  private mutating func start() throws {
    if encoder == nil { encoder = try LAMEEncoder(settings, format: format, usesReservoir: usesReservoir) }
  }

  /// Makes whole what is not; nothing can be encoded behind it.
  mutating func finish() throws {
    try start()
    var made: [UInt8] = []
    try encoder?.flush { made += $0 }
    try add(made)
  }

  /// Lets go of all but the last `count` MP3 frames.
  mutating func forget(keeping count: Int) {
    let gone = max(0, pieces.count - count)
    pieces.removeFirst(gone)
    first += gone
  }

  private mutating func add(_ bytes: [UInt8]) throws {
    rest += bytes
    var offset = 0
    while let frame = Frame(rest[offset...]) {
      guard let data = mainData.mainData(of: frame) else {
        throw EncodeError.unsupported("libmp3lame made an MP3 frame whose main data is not there")
      }
      pieces.append(EncodedPart.Piece(header: frame.header, sideInfo: frame.sideInfo, mainData: data))
      offset += frame.header.frameLength
    }
    rest.removeFirst(offset)
  }
}
