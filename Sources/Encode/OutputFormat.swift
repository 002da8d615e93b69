import PCM

/// What an output file is made as.
package enum OutputFormat: Hashable, Sendable {
  case mp3(MP3Settings)
  case wav(SampleEncoding)
  /// 16 or 24 bits a sample.
  case flac(bits: Int)
  /// Quality from 0 to 1, as libsndfile's `SFC_SET_VBR_ENCODING_QUALITY`.
  case vorbis(quality: Double)
  case opus

  /// By a file's ending.
  /// - Parameter encoding: how the source's samples are written, which WAV and FLAC keep; nil where it is compressed.
  /// - Throws: `EncodeError` `.unknownFormat`.
  package init(ending: String, keeping encoding: SampleEncoding?, mp3: MP3Settings) throws {
    switch ending.lowercased() {
    case "mp3": self = .mp3(mp3)
    case "wav", "wave": self = .wav(encoding ?? .int16)
    case "flac":
      let isFine = [.int24, .int32, .float32, .float64].contains(encoding)
      self = .flac(bits: isFine ? 24 : 16)
    case "ogg", "oga": self = .vorbis(quality: 0.4)
    case "opus": self = .opus
    default: throw EncodeError.unknownFormat(ending.allSatisfy { $0.isLetter || $0.isNumber } ? ending : "")
    }
  }

  package var name: String {
    switch self {
    case .mp3: "MP3"
    case .wav: "WAV"
    case .flac: "FLAC"
    case .vorbis: "Ogg Vorbis"
    case .opus: "Ogg Opus"
    }
  }

  /// The rate that sound of `rate` must be resampled to beforehand.
  package func rate(for rate: SampleRate) -> SampleRate {
    switch self {
    case .mp3: Self.next(rate, in: MP3Settings.rates)
    case .opus: Self.next(rate, in: [8_000, 12_000, 16_000, 24_000, 48_000])
    case .wav, .flac, .vorbis: rate
    }
  }

  /// Channels that fit; more must be mixed down beforehand.
  package var mostChannels: Int {
    if case .mp3 = self { return 2 }
    return SoundFormat.supportedChannels.upperBound
  }

  /// Bits that survive of a sample: 24 for what is encoded from float.
  package var precision: Int {
    switch self {
    case .wav(.uint8): 8
    case .wav(.int16), .wav(.aLaw), .wav(.muLaw): 16
    case .flac(let bits): bits
    default: 24
    }
  }

  /// Nothing is lost upwards; above the highest rate the highest is taken.
  private static func next(_ rate: SampleRate, in known: [Int]) -> SampleRate {
    let hertz = known.first { $0 >= rate.hertz } ?? known.last ?? rate.hertz
    return SampleRate(hertz: hertz) ?? rate
  }
}
