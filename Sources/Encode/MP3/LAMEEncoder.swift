import CLame
import PCM

/// One run of libmp3lame: samples in, bytes of MP3 frames out. Owns the C handle.
struct LAMEEncoder: ~Copyable {
  private let handle: lame_t
  private let channels: Int
  private var bytes: [UInt8]

  /// - Parameters:
  ///   - format: mono or stereo, of a rate that MP3 knows.
  ///   - usesReservoir: whether main data may travel in the slots of MP3 frames before its own.
  init(_ settings: MP3Settings, format: SoundFormat, usesReservoir: Bool) throws {
    handle = try Self.start(settings, format: format, usesReservoir: usesReservoir)
    channels = format.channels
    // lame.h: 1.25 x samples + 7200 holds whatever one call gives.
    bytes = [UInt8](repeating: 0, count: SampleBlock.usualCapacity * 5 / 4 + 7_200)
  }

  deinit { lame_close(handle) }

  private static func start(_ settings: MP3Settings, format: SoundFormat, usesReservoir: Bool) throws -> lame_t {
    guard let handle = lame_init() else { throw EncodeError.unsupported("libmp3lame does not start") }
    lame_set_num_channels(handle, Int32(format.channels))
    lame_set_in_samplerate(handle, Int32(format.rate.hertz))
    lame_set_out_samplerate(handle, Int32(format.rate.hertz))
    lame_set_mode(handle, settings.channels(of: format) == 1 ? MONO : settings.couplesChannels ? JOINT_STEREO : STEREO)
    lame_set_quality(handle, Int32(settings.effort))
    set(settings.rate(of: format), on: handle)
    // The tag in front is written by this program: LAME's would count one part of the sound, and tell its peak.
    lame_set_bWriteVbrTag(handle, 0)
    lame_set_findReplayGain(handle, 0)
    lame_set_disable_reservoir(handle, usesReservoir ? 0 : 1)
    guard lame_init_params(handle) >= 0 else {
      lame_close(handle)
      throw EncodeError.unsupported("libmp3lame refuses these settings at \(format.rate.hertz) Hz")
    }
    return handle
  }

  private static func set(_ rate: MP3Settings.Rate, on handle: lame_t) {
    switch rate {
    case .constant(let kilobits):
      lame_set_VBR(handle, vbr_off)
      lame_set_brate(handle, Int32(kilobits))
    case .average(let kilobits):
      lame_set_VBR(handle, vbr_abr)
      lame_set_VBR_mean_bitrate_kbps(handle, Int32(kilobits))
    case .variable(let quality):
      lame_set_VBR(handle, vbr_mtrh)
      lame_set_VBR_q(handle, Int32(quality))
    }
  }

  /// Where the low-pass filter begins, in hertz.
  var lowpass: Int { Int(lame_get_lowpassfreq(handle)) }

  /// - Parameter samples: interleaved whole frames.
  mutating func encode(_ samples: UnsafeBufferPointer<Float>, _ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    let most = SampleBlock.usualCapacity * channels
    for start in stride(from: 0, to: samples.count, by: most) {
      let piece = UnsafeBufferPointer(rebasing: samples[start..<min(samples.count, start + most)])
      let frames = Int32(piece.count / channels)
      let count = bytes.withUnsafeMutableBufferPointer { bytes in
        channels == 1
          ? lame_encode_buffer_ieee_float(
            handle, piece.baseAddress, piece.baseAddress, frames, bytes.baseAddress, Int32(bytes.count))
          : lame_encode_buffer_interleaved_ieee_float(
            handle, piece.baseAddress, frames, bytes.baseAddress, Int32(bytes.count))
      }
      try hand(count, to: take)
    }
  }

  /// What is still in LAME's buffer of bits; sound that it holds back is not encoded (`lame_encode_flush_nogap`).
  mutating func flush(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    let count = bytes.withUnsafeMutableBufferPointer {
      lame_encode_flush_nogap(handle, $0.baseAddress, Int32($0.count))
    }
    try hand(count, to: take)
  }

  private func hand(_ count: Int32, to take: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard count >= 0 else { throw EncodeError.unsupported("libmp3lame reports error \(count)") }
    try bytes.withUnsafeBytes { try take(UnsafeRawBufferPointer(rebasing: $0[..<Int(count)])) }
  }
}
