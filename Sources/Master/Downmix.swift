import PCM

/// Fewer channels: a source around a source. Each output channel is the mean of the input channels that go into it, so
/// that nothing is louder than full scale.
package final class Downmix: SoundSource {
  package let format: SoundFormat
  package var length: FrameCount? { source.length }
  private let source: any SoundSource
  private var input: SampleBlock

  /// - Parameter channels: 1 or 2; for 2, even channels go left and odd ones right.
  package init(_ source: any SoundSource, format: SoundFormat) {
    precondition(format.channels <= 2 && format.rate == source.format.rate)
    self.source = source
    self.format = format
    input = SampleBlock(channels: source.format.channels)
  }

  package func read(into block: inout SampleBlock) throws {
    precondition(block.capacity >= input.capacity)
    try source.read(into: &input)
    let (from, to) = (source.format.channels, format.channels)
    for frame in 0..<input.frameCount {
      for target in 0..<to {
        var (sum, count) = (Float(0), Float(0))
        for channel in stride(from: target, to: from, by: to) {
          sum += input.samples[frame * from + channel]
          count += 1
        }
        block.room[frame * to + target] = count > 0 ? sum / count : 0
      }
    }
    block.setFrameCount(input.frameCount)
  }

  package func close() { source.close() }
}
