import CLame
import PCM

/// One run of libmp3lame: samples in, bytes of MP3 frames out. Owns the C handle.
struct MP3Encoder: ~Copyable {
  private let handle: lame_t
  private let channels: Int
  private var bytes: [UInt8]

  /// - Parameter format: mono or stereo, of a rate that MP3 knows.
  init(_ settings: MP3Settings, format: SoundFormat, tags: Tags) throws {
    handle = try Self.start(settings, format: format, tags: tags)
    channels = format.channels
    // lame.h: 1.25 x samples + 7200 holds whatever one call gives.
    bytes = [UInt8](repeating: 0, count: SampleBlock.usualCapacity * 5 / 4 + 7_200)
  }

  deinit { lame_close(handle) }

  private static func start(_ settings: MP3Settings, format: SoundFormat, tags: Tags) throws -> lame_t {
    guard let handle = lame_init() else { throw EncodeError.unsupported("libmp3lame does not start") }
    do {
      lame_set_num_channels(handle, Int32(format.channels))
      lame_set_in_samplerate(handle, Int32(format.rate.hertz))
      lame_set_out_samplerate(handle, Int32(format.rate.hertz))
      let channels = settings.isMono ? 1 : format.channels
      lame_set_mode(handle, channels == 1 ? MONO : JOINT_STEREO)
      lame_set_quality(handle, Int32(settings.effort))
      set(settings.rate ?? .constant(MP3Settings.speechRate(channels: channels)), on: handle)
      lame_set_bWriteVbrTag(handle, 1)
      // The tag would tell the peak and loudness that LAME measured.
      lame_set_findReplayGain(handle, 0)
      lame_set_write_id3tag_automatic(handle, 0)
      try tags.apply(to: handle)
      guard lame_init_params(handle) >= 0 else {
        throw EncodeError.unsupported("libmp3lame refuses these settings at \(format.rate.hertz) Hz")
      }
    } catch {
      lame_close(handle)
      throw error
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

  /// The ID3v2 tag; empty where there is nothing to say.
  func tag() -> [UInt8] {
    rendered { lame_get_id3v2_tag(handle, $0, $1) }
  }

  /// The Xing/LAME frame, which belongs in place of the first MP3 frame once all are encoded.
  func infoFrame() -> [UInt8] {
    rendered { lame_get_lametag_frame(handle, $0, $1) }
  }

  /// Asks for the size first, then for the bytes.
  private func rendered(_ call: (UnsafeMutablePointer<UInt8>?, Int) -> Int) -> [UInt8] {
    let size = call(nil, 0)
    guard size > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = min(size, call(buffer.baseAddress, size))
    }
  }

  /// - Parameter samples: interleaved, at most ``SampleBlock/usualCapacity`` frames.
  mutating func encode(_ samples: UnsafeMutableBufferPointer<Float>, _ take: (UnsafeRawBufferPointer) throws -> Void)
    throws
  {
    let frames = Int32(samples.count / channels)
    let count = bytes.withUnsafeMutableBufferPointer { bytes in
      channels == 1
        ? lame_encode_buffer_ieee_float(
          handle, samples.baseAddress, samples.baseAddress, frames, bytes.baseAddress, Int32(bytes.count))
        : lame_encode_buffer_interleaved_ieee_float(
          handle, samples.baseAddress, frames, bytes.baseAddress, Int32(bytes.count))
    }
    try hand(count, to: take)
  }

  /// What LAME still holds back.
  mutating func flush(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    let count = bytes.withUnsafeMutableBufferPointer { lame_encode_flush(handle, $0.baseAddress, Int32($0.count)) }
    try hand(count, to: take)
  }

  private func hand(_ count: Int32, to take: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard count >= 0 else { throw EncodeError.unsupported("libmp3lame reports error \(count)") }
    try bytes.withUnsafeBytes { try take(UnsafeRawBufferPointer(rebasing: $0[..<Int(count)])) }
  }
}
