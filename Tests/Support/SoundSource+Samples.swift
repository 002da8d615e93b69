import PCM

extension SoundSource {
  /// All samples from here to the end, interleaved.
  /// - Parameter capacity: of the blocks, in frames.
  package func allSamples(capacity: Int = SampleBlock.usualCapacity) throws -> [Float] {
    var block = SampleBlock(channels: format.channels, capacity: capacity)
    var samples: [Float] = []
    repeat {
      try read(into: &block)
      samples += block.samples
    } while block.frameCount > 0
    return samples
  }
}
