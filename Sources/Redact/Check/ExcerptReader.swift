import PCM

/// Gives stretches of a sound in order, keeping no more of it than the stretch asked for.
final class ExcerptReader {
  private let source: any SoundSource
  private var block: SampleBlock
  private var kept: [[Float]]
  private var first: Int64 = 0
  private var asked = Int64.min
  private var isAtEnd = false

  /// All of it is heard, also between stretches: only then is damage on the way noticed.
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
      keep(from: range.start.index)
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

  /// Takes of ``block`` what is not before `frame`: most of a long sound is never looked at.
  private func keep(from frame: Int64) {
    let count = Int64(block.frameCount)
    let skipped = Int(max(0, min(count, frame - first - Int64(kept[0].count))))
    if skipped > 0 { first += Int64(skipped) }
    guard let samples = block.samples.baseAddress else { return }
    for channel in kept.indices {
      let first = samples + (skipped * kept.count + channel)
      kept[channel] += Self.every(kept.count, from: first, count: block.frameCount - skipped)
    }
  }

  private static func every(_ step: Int, from first: UnsafePointer<Float>, count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { picked, filled in
      while filled < count {
        picked[filled] = first[filled * step]
        filled += 1
      }
    }
  }

  private func forget(before frame: Int64) {
    let drop = Int(min(Int64(kept[0].count), max(0, frame - first)))
    guard drop > 0 else { return }
    for channel in kept.indices { kept[channel].removeFirst(drop) }
    first += Int64(drop)
  }
}
