import CSndfile
import Foundation
import PCM

/// FLAC and Ogg through libsndfile.
final class SoundFileSink: SoundSink {
  private var handle: OpaquePointer?
  private let format: OutputFormat
  private let isDithered: Bool
  private let descriptor: Int32
  private var framesLeft: Int64
  private var firstSample: Int64 = 0
  private var integers: [Int32] = []
  private var clamped: [Float] = []

  init(
    _ format: OutputFormat, sound: SoundFormat, frames: FrameCount, tags: Tags, dither: Bool, descriptor: Int32
  ) throws {
    self.format = format
    self.descriptor = descriptor
    isDithered = dither
    framesLeft = frames.value
    var info = SF_INFO()
    info.samplerate = Int32(sound.rate.hertz)
    info.channels = Int32(sound.channels)
    info.format = Self.code(format)
    let opened = try Self.noticing {
      sf_format_check(&info) == 0 ? nil : sf_open_fd(descriptor, Int32(SFM_WRITE), &info, 0)
    }
    guard let handle = opened else {
      throw EncodeError.unsupported(
        "\(format.name) can't hold \(sound.channels) channels at \(sound.rate.hertz) Hz")
    }
    self.handle = handle
    if case .vorbis(var quality) = format {
      sf_command(handle, Int32(SFC_SET_VBR_ENCODING_QUALITY), &quality, Int32(MemoryLayout<Double>.size))
    }
    write(tags)
  }

  deinit { abandon() }

  private static func code(_ format: OutputFormat) -> Int32 {
    switch format {
    case .flac(let bits): Int32(SF_FORMAT_FLAC | (bits > 16 ? SF_FORMAT_PCM_24 : SF_FORMAT_PCM_16))
    case .opus: Int32(SF_FORMAT_OGG | SF_FORMAT_OPUS)
    default: Int32(SF_FORMAT_OGG | SF_FORMAT_VORBIS)
    }
  }

  private func write(_ tags: Tags) {
    let texts: [(Int, String?)] = [
      (SF_STR_TITLE, tags.title), (SF_STR_ARTIST, tags.artist), (SF_STR_ALBUM, tags.album), (SF_STR_DATE, tags.date),
      (SF_STR_COMMENT, tags.comment),
    ]
    for case (let kind, .some(let text)) in texts { sf_set_string(handle, Int32(kind), text) }
  }

  func write(_ block: borrowing SampleBlock) throws {
    framesLeft -= Int64(block.frameCount)
    guard let handle, framesLeft >= 0 else { throw EncodeError.wrongLength() }
    let samples = UnsafeBufferPointer(block.samples)
    let frames = sf_count_t(block.frameCount)
    let written: sf_count_t
    if case .flac(let bits) = format {
      quantise(samples, bits: bits)
      written = try Self.noticing { sf_writef_int(handle, integers, frames) }
    } else {
      if clamped.count < samples.count { clamped = [Float](repeating: 0, count: samples.count) }
      FullScale.clamp(samples, into: &clamped)
      written = try Self.noticing { sf_writef_float(handle, clamped, frames) }
    }
    firstSample += Int64(samples.count)
    guard written == frames else { throw EncodeError.writeFailed(errno == 0 ? ENOSPC : errno) }
  }

  /// libsndfile takes integers from the top bits down; it would wrap floats past full scale.
  private func quantise(_ samples: UnsafeBufferPointer<Float>, bits: Int) {
    let encoding: SampleEncoding = bits > 16 ? .int24 : .int16
    var bytes = [UInt8](repeating: 0, count: samples.count * encoding.bytesPerSample)
    let dither = isDithered ? Dither(firstSample: firstSample) : nil
    bytes.withUnsafeMutableBytes { Kernels.encode(samples, as: encoding, dither: dither, into: $0) }
    integers = bytes.withUnsafeBytes { bytes in
      (0..<samples.count).map { index in
        if encoding == .int16 {
          return Int32(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: Int16.self))) << 16
        }
        let low = UInt32(bytes[index * 3]) << 8 | UInt32(bytes[index * 3 + 1]) << 16
        return Int32(bitPattern: low | UInt32(bytes[index * 3 + 2]) << 24)
      }
    }
  }

  func finish() throws {
    guard let handle, framesLeft == 0 else { throw EncodeError.wrongLength() }
    let status = sf_error(handle)
    self.handle = nil
    // No sf_write_sync: it would take the disk's error from the fsync that looks at it.
    let closed = try Self.noticing { sf_close(handle) }
    guard status == 0, closed == 0 else { throw EncodeError.writeFailed(EIO) }
    if format == .opus || format.name == "Ogg Vorbis" { try OggSerial.fix(descriptor) }
  }

  /// libsndfile does not tell that pages of an Ogg file could not be written; the system's last error does.
  private static func noticing<Value>(_ call: () -> Value) throws -> Value {
    errno = 0
    let value = call()
    guard ![ENOSPC, EDQUOT, EIO, EFBIG].contains(errno) else { throw EncodeError.writeFailed(errno) }
    return value
  }

  func abandon() {
    if let handle { sf_close(handle) }
    handle = nil
  }
}
