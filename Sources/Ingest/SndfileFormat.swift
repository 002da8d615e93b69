import CSndfile
import PCM

/// libsndfile's format numbers in this program's words.
struct SndfileFormat {
  let container: String
  let codec: String
  let encoding: SampleEncoding?
  let bits: Int
  let isLossless: Bool

  init(_ format: Int32, container known: Container) {
    let subtype = SndfileSubtype(format & Int32(SF_FORMAT_SUBMASK))
    let isFLAC = format & Int32(SF_FORMAT_TYPEMASK) == Int32(SF_FORMAT_FLAC)
    container = known.name
    codec = isFLAC ? "FLAC" : subtype.codec
    encoding = isFLAC ? nil : subtype.encoding
    bits = subtype.bits
    isLossless = subtype.isLossless
  }
}

private struct SndfileSubtype {
  let codec: String
  let encoding: SampleEncoding?
  let bits: Int
  let isLossless: Bool

  init(_ number: Int32) {
    (codec, encoding, bits, isLossless) =
      switch number {
      case Int32(SF_FORMAT_PCM_S8), Int32(SF_FORMAT_PCM_U8): ("PCM", .uint8, 8, true)
      case Int32(SF_FORMAT_PCM_16): ("PCM", .int16, 16, true)
      case Int32(SF_FORMAT_PCM_24): ("PCM", .int24, 24, true)
      case Int32(SF_FORMAT_PCM_32): ("PCM", .int32, 32, true)
      case Int32(SF_FORMAT_FLOAT): ("float", .float32, 32, true)
      case Int32(SF_FORMAT_DOUBLE): ("float", .float64, 64, true)
      case Int32(SF_FORMAT_ULAW): ("G.711 µ-law", .muLaw, 16, true)
      case Int32(SF_FORMAT_ALAW): ("G.711 A-law", .aLaw, 16, true)
      case Int32(SF_FORMAT_ALAC_16): ("ALAC", nil, 16, true)
      case Int32(SF_FORMAT_ALAC_20), Int32(SF_FORMAT_ALAC_24): ("ALAC", nil, 24, true)
      case Int32(SF_FORMAT_ALAC_32): ("ALAC", nil, 32, true)
      case Int32(SF_FORMAT_DWVW_12), Int32(SF_FORMAT_DWVW_16): ("DWVW", nil, 16, true)
      case Int32(SF_FORMAT_DWVW_24), Int32(SF_FORMAT_DWVW_N): ("DWVW", nil, 24, true)
      case Int32(SF_FORMAT_DPCM_8), Int32(SF_FORMAT_DPCM_16): ("DPCM", nil, 16, true)
      case Int32(SF_FORMAT_GSM610): ("GSM 6.10", nil, 16, false)
      case Int32(SF_FORMAT_VORBIS): ("Vorbis", nil, 32, false)
      case Int32(SF_FORMAT_OPUS): ("Opus", nil, 32, false)
      case Int32(SF_FORMAT_MPEG_LAYER_I): ("MP1", nil, 32, false)
      case Int32(SF_FORMAT_MPEG_LAYER_II): ("MP2", nil, 32, false)
      case Int32(SF_FORMAT_MPEG_LAYER_III): ("MP3", nil, 32, false)
      default: ("ADPCM", nil, 16, false)
      }
  }
}
