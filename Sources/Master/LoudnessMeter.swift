import CEbur128
import Glibc
import PCM

/// How loud a sound is: EBU R 128 and ITU-R BS.1770-4, through libebur128.
package struct Loudness: Hashable, Sendable {
  /// Of the whole sound, in LUFS; nil where all of it is below the gate of -70 LUFS.
  package let integrated: Double?
  /// Loudness range (EBU Tech 3342), in LU; 0 where it is beyond all measure.
  package let range: Double
  /// The highest sample, in dB below full scale; nil for silence, and where it is beyond all measure.
  package let samplePeak: Double?
  /// The highest point between samples (BS.1770-4, Annex 2), in dBTP; nil for silence, and where it is beyond all
  /// measure.
  package let truePeak: Double?
}

/// Measures sound as it goes by.
package struct LoudnessMeter: ~Copyable {
  private var state: UnsafeMutablePointer<ebur128_state>?
  private let channels: Int

  /// - Throws: `MasterError` where libebur128 does not start.
  package init(_ format: SoundFormat) throws {
    channels = format.channels
    let mode = EBUR128_MODE_I.rawValue | EBUR128_MODE_LRA.rawValue | EBUR128_MODE_TRUE_PEAK.rawValue
    // A histogram instead of a list, so that memory does not grow with the length.
    state = ebur128_init(
      UInt32(format.channels), UInt(format.rate.hertz), Int32(mode | EBUR128_MODE_HISTOGRAM.rawValue))
    guard state != nil else { throw Self.failed() }
  }

  deinit {
    var state = state
    ebur128_destroy(&state)
  }

  /// - Throws: `MasterError` where libebur128 gives up.
  package func add(_ block: borrowing SampleBlock) throws {
    guard block.frameCount > 0 else { return }
    let status = ebur128_add_frames_float(state, block.samples.baseAddress, block.frameCount)
    guard status == EBUR128_SUCCESS.rawValue else { throw Self.failed() }
  }

  package func loudness() throws -> Loudness {
    var (integrated, range) = (0.0, 0.0)
    guard ebur128_loudness_global(state, &integrated) == EBUR128_SUCCESS.rawValue,
      ebur128_loudness_range(state, &range) == EBUR128_SUCCESS.rawValue
    else { throw Self.failed() }
    return Loudness(
      integrated: integrated.isFinite ? integrated : nil, range: range.isFinite ? range : 0,
      samplePeak: try peak { ebur128_sample_peak(state, $0, &$1) },
      truePeak: try peak { ebur128_true_peak(state, $0, &$1) })
  }

  private func peak(_ read: (UInt32, inout Double) -> Int32) throws -> Double? {
    var highest = 0.0
    for channel in 0..<UInt32(channels) {
      var peak = 0.0
      guard read(channel, &peak) == EBUR128_SUCCESS.rawValue else { throw Self.failed() }
      highest = max(highest, peak)
    }
    return highest > 0 && highest.isFinite ? 20 * log10(highest) : nil
  }

  private static func failed() -> MasterError {
    MasterError(
      .loudness, problem: "the loudness of the sound can't be measured",
      remedy: "Export the sound as WAV, and try again.",
      exit: .software)
  }
}

extension MasterError.Code {
  package static let loudness = Self(rawValue: "loudness")
}
