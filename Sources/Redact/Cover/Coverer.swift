import PCM
import ShowModel

/// Covers pieces of one sound by its plan. Pure arithmetic on samples in memory: the same piece gives the same result,
/// however the sound is cut into pieces and in whatever order they come.
///
/// Inside a cover every sample of every channel is *replaced*; nothing of the original is an operand there. The
/// original falls to silence in the ``fade`` before a cover and rises in the one after it; the fill rises and falls
/// inside it.
package struct Coverer: Sendable {
  /// How long the original takes to fall silent before a cover: long enough not to click.
  package static let fade = MediaTime(milliseconds: 5)
  /// Peak of tone and noise, relative to full scale: clearly heard, and well under speech levelled for a podcast.
  package static let fillLevel: Float = 0.1

  package let plan: RedactionPlan
  /// ``fade`` in frames of this sound.
  package let fadeCount: FrameCount
  private let tone: ToneTable
  private let rising, falling: [Float]

  package init(_ plan: RedactionPlan) {
    self.plan = plan
    fadeCount = FrameCount(coveringLength: Self.fade, rate: plan.format.rate)
    tone = ToneTable(rate: plan.format.rate, level: Self.fillLevel)
    rising = Fade.rising(count: Int(fadeCount.value))
    falling = Fade.falling(count: Int(fadeCount.value))
  }

  /// The frames that covering changes: each cover with its fades outside, those that meet made one.
  package var touched: [FrameRange] {
    let sound = FrameRange(.zero, .zero + plan.length)
    var zones: [FrameRange] = []
    for cover in plan.covers {
      let zone = cover.frames.widened(before: fadeCount, after: fadeCount, within: sound)
      if let last = zones.last, zone.start <= last.end {
        zones[zones.count - 1] = FrameRange(last.start, zone.end)
      } else {
        zones.append(zone)
      }
    }
    return zones
  }

  /// Covers `samples`, interleaved whole frames of which the first is frame `position` of the sound.
  package func cover(_ samples: UnsafeMutableBufferPointer<Float>, from position: FramePosition) {
    let channels = plan.format.channels
    let piece = FrameRange(position, position + FrameCount(Int64(samples.count / channels)))
    var index = firstCover(endingAfter: piece.start - fadeCount)
    while index < plan.covers.count, plan.covers[index].frames.start - fadeCount < piece.end {
      let stroke = Stroke(samples: samples, piece: piece, channels: channels)
      let cover = plan.covers[index]
      fadeOriginal(around: cover.frames, in: stroke)
      fill(cover, in: stroke)
      index += 1
    }
  }

  private func fadeOriginal(around frames: FrameRange, in stroke: Stroke) {
    stroke.multiply(FrameRange(frames.start - fadeCount, frames.start), by: falling)
    stroke.multiply(FrameRange(frames.end, frames.end + fadeCount), by: rising)
  }

  private func fill(_ cover: Cover, in stroke: Stroke) {
    guard let (samples, start) = stroke.part(cover.frames) else { return }
    switch cover.fill {
    case .silence: Kernels.silence(samples)
    case .bip: Kernels.tone(tone, from: start, channels: stroke.channels, into: samples)
    case .noise: Kernels.noise(level: Self.fillLevel, from: start, channels: stroke.channels, into: samples)
    }
    guard cover.fill != .silence else { return }
    let edge = min(fadeCount.value, cover.frames.count.value / 2)
    let isShort = edge < fadeCount.value
    let (rise, fall) = isShort ? (Fade.rising(count: Int(edge)), Fade.falling(count: Int(edge))) : (rising, falling)
    stroke.multiply(FrameRange(cover.frames.start, cover.frames.start + FrameCount(edge)), by: rise)
    stroke.multiply(FrameRange(cover.frames.end - FrameCount(edge), cover.frames.end), by: fall)
  }

  /// Index of the first cover that ends after `position`; binary search, as covers are sorted and apart.
  private func firstCover(endingAfter position: FramePosition) -> Int {
    var (low, high) = (0, plan.covers.count)
    while low < high {
      let middle = (low + high) / 2
      if plan.covers[middle].frames.end <= position { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// A piece of sound in memory, addressed by frames of the whole sound.
private struct Stroke {
  let samples: UnsafeMutableBufferPointer<Float>
  let piece: FrameRange
  let channels: Int

  /// What of `range` lies in this piece, and the frame it starts at.
  func part(_ range: FrameRange) -> (UnsafeMutableBufferPointer<Float>, FramePosition)? {
    let common = range.intersection(piece)
    guard !common.isEmpty else { return nil }
    let first = Int((common.start - piece.start).value) * channels
    let count = Int(common.count.value) * channels
    return (UnsafeMutableBufferPointer(rebasing: samples[first..<(first + count)]), common.start)
  }

  /// Multiplies the frames of `range` by `gains`, one for each of its frames.
  func multiply(_ range: FrameRange, by gains: [Float]) {
    guard let (samples, start) = part(range) else { return }
    let first = Int((start - range.start).value)
    gains.withUnsafeBufferPointer {
      let slice = UnsafeBufferPointer(rebasing: $0[first..<(first + samples.count / channels)])
      Kernels.multiply(samples, channels: channels, byFrameGains: slice)
    }
  }
}
