import PCM

/// Gives stretches of a sound in order, keeping no more of it than the stretch asked for.
final class ExcerptReader {
  private let source: any SoundSource
  private var block: SampleBlock
  private var kept: [[Float]]
  private var first: Int64 = 0
  private var asked = Int64.min
  private var isAtEnd = false

  init(_ source: any SoundSource) {
    self.source = source
    block = SampleBlock(channels: source.format.channels)
    kept = [[Float]](repeating: [], count: source.format.channels)
  }

  /// - Parameter range: starting no earlier than the one before; may reach past either end, where there is silence.
  /// - Returns: one plane a channel.
  func read(_ range: FrameRange) throws -> [[Float]] {
    // What is forgotten must not pass for silence.
    precondition(range.start.index >= asked, "excerpts are read in order")
    asked = range.start.index
    forget(before: range.start.index)
    while first + Int64(kept[0].count) < range.end.index, !isAtEnd {
      try source.read(into: &block)
      isAtEnd = block.frameCount == 0
      for channel in kept.indices {
        kept[channel].reserveCapacity(kept[channel].count + block.frameCount)
        for frame in 0..<block.frameCount { kept[channel].append(block.samples[frame * kept.count + channel]) }
      }
      forget(before: range.start.index)
    }
    return kept.map { plane in
      let (start, count) = (Int(range.start.index - first), Int(range.count.value))
      let lead = min(count, max(0, -start))
      let there =
        start < plane.count && lead < count ? Array(plane[max(0, start)..<min(plane.count, start + count)]) : []
      return [Float](repeating: 0, count: lead) + there
        + [Float](repeating: 0, count: max(0, count - lead - there.count))
    }
  }

  private func forget(before frame: Int64) {
    let drop = Int(min(Int64(kept[0].count), max(0, frame - first)))
    guard drop > 0 else { return }
    for channel in kept.indices { kept[channel].removeFirst(drop) }
    first += Int64(drop)
  }
}
