import PCM

/// A WAV file whose length is known beforehand.
final class WAVSink: SoundSink {
  private var writer: DescriptorWriter
  private let encoding: SampleEncoding
  private let channels: Int
  private let isDithered: Bool
  private let header: WAVHeader
  private var samplesLeft: Int64
  private var firstSample: Int64 = 0
  private var bytes: [UInt8] = []

  /// - Parameter descriptor: an empty file that the caller owns.
  init(_ encoding: SampleEncoding, format: SoundFormat, frames: FrameCount, dither: Bool, descriptor: Int32) throws {
    self.encoding = encoding
    channels = format.channels
    isDithered = dither
    header = WAVHeader(encoding, format: format, frames: frames)
    samplesLeft = frames.value * Int64(format.channels)
    writer = DescriptorWriter(descriptor)
    try writer.write(header.bytes)
  }

  func write(_ block: borrowing SampleBlock) throws {
    let samples = UnsafeBufferPointer(block.samples)
    samplesLeft -= Int64(samples.count)
    guard samplesLeft >= 0 else { throw EncodeError.wrongLength() }
    let size = samples.count * encoding.bytesPerSample
    if bytes.count < size { bytes = [UInt8](repeating: 0, count: size) }
    try bytes.withUnsafeMutableBytes { bytes in
      let target = UnsafeMutableRawBufferPointer(rebasing: bytes[..<size])
      let dither = isDithered ? Dither(firstSample: firstSample) : nil
      Kernels.encode(samples, as: encoding, dither: dither, into: target)
      try writer.write(UnsafeRawBufferPointer(target))
    }
    firstSample += Int64(samples.count)
  }

  func finish() throws {
    guard samplesLeft == 0 else { throw EncodeError.wrongLength() }
    try writer.write([UInt8](repeating: 0, count: header.padding))
    try writer.flush()
  }

  func abandon() {}
}
