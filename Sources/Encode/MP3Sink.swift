import PCM

/// An MP3 file: ID3v2 tag, Xing/LAME frame, MP3 frames.
final class MP3Sink: SoundSink {
  private var writer: DescriptorWriter
  private var encoder: MP3Encoder
  private let infoOffset: Int64
  private var clamped: [Float]

  /// - Parameter descriptor: an empty, seekable file that the caller owns.
  init(_ settings: MP3Settings, format: SoundFormat, tags: Tags, descriptor: Int32) throws {
    encoder = try MP3Encoder(settings, format: format, tags: tags)
    writer = DescriptorWriter(descriptor)
    clamped = [Float](repeating: 0, count: SampleBlock.usualCapacity * format.channels)
    let tag = encoder.tag()
    infoOffset = Int64(tag.count)
    try writer.write(tag)
  }

  /// LAME takes samples past full scale as they are and distorts them its own way: they are clamped first.
  func write(_ block: borrowing SampleBlock) throws {
    let samples = block.samples
    var start = 0
    while start < samples.count {
      let count = min(clamped.count, samples.count - start)
      for index in 0..<count { clamped[index] = max(-1, min(1, samples[start + index])) }
      try clamped.withUnsafeMutableBufferPointer { piece in
        try encoder.encode(UnsafeMutableBufferPointer(rebasing: piece[..<count])) { try writer.write($0) }
      }
      start += count
    }
  }

  func finish() throws {
    try encoder.flush { try writer.write($0) }
    try writer.flush()
    try writer.overwrite(encoder.infoFrame(), at: infoOffset)
  }

  func abandon() {}
}
