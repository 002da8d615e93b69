/// How one sample is written in a file of uncompressed sound; little-endian where it has several bytes.
package enum SampleEncoding: String, CaseIterable, Sendable {
  /// Offset binary: 128 is silence.
  case uint8
  case int16, int24, int32
  case float32, float64
  /// ITU-T G.711.
  case aLaw, muLaw

  package var bytesPerSample: Int {
    switch self {
    case .uint8, .aLaw, .muLaw: 1
    case .int16: 2
    case .int24: 3
    case .int32, .float32: 4
    case .float64: 8
    }
  }
}
