/// The index of a frame, counted from the start of the sound.
package struct FramePosition: Hashable, Comparable, Sendable {
  package static let zero = FramePosition(0)
  package let index: Int64

  package init(_ index: Int64) { self.index = index }

  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
  package static func + (left: Self, right: FrameCount) -> Self { .init(left.index + right.value) }
  package static func - (left: Self, right: FrameCount) -> Self { .init(left.index - right.value) }
  package static func - (left: Self, right: Self) -> FrameCount { .init(left.index - right.index) }
}

/// A number of frames, whatever the number of channels.
package struct FrameCount: Hashable, Comparable, Sendable {
  package static let zero = FrameCount(0)
  package let value: Int64

  package init(_ value: Int64) { self.value = value }

  /// As many whole frames as `time` needs, a begun one counted.
  package init(coveringLength time: MediaTime, rate: SampleRate) {
    value = MediaTime.scale(time.nanoseconds, by: Int64(rate.hertz), over: 1_000_000_000, roundUp: true)
  }

  package func time(at rate: SampleRate) -> MediaTime {
    MediaTime(nanoseconds: MediaTime.scale(value, by: 1_000_000_000, over: Int64(rate.hertz), roundUp: false))
  }

  package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
  package static func + (left: Self, right: Self) -> Self { .init(left.value + right.value) }
  package static func - (left: Self, right: Self) -> Self { .init(left.value - right.value) }
}

/// Frames from `start` up to, not including, `end`. Never negative; may be empty.
package struct FrameRange: Hashable, Sendable {
  package let start: FramePosition
  package let end: FramePosition

  /// An `end` before `start` gives the empty range at `start`.
  package init(_ start: FramePosition, _ end: FramePosition) {
    self.start = start
    self.end = max(start, end)
  }

  /// Every frame that the time from `time.lowerBound` to `time.upperBound` touches: the start rounds down to a whole
  /// frame, the end rounds up.
  package init(covering time: Range<MediaTime>, rate: SampleRate) {
    let hertz = Int64(rate.hertz)
    self.init(
      FramePosition(
        MediaTime.scale(time.lowerBound.nanoseconds, by: hertz, over: 1_000_000_000, roundUp: false)),
      FramePosition(
        MediaTime.scale(time.upperBound.nanoseconds, by: hertz, over: 1_000_000_000, roundUp: true)))
  }

  package var count: FrameCount { end - start }
  package var isEmpty: Bool { start == end }

  package func contains(_ position: FramePosition) -> Bool { start <= position && position < end }
  package func overlaps(_ other: FrameRange) -> Bool { start < other.end && other.start < end }

  package func intersection(_ other: FrameRange) -> FrameRange {
    let from = max(start, other.start)
    return FrameRange(from, max(from, min(end, other.end)))
  }

  /// The same range with `before` more frames in front and `after` more behind, kept within `bounds`.
  package func widened(before: FrameCount, after: FrameCount, within bounds: FrameRange) -> FrameRange {
    FrameRange(max(bounds.start, start - before), min(bounds.end, end + after))
  }

  /// Its moments on the clock, such that ``init(covering:rate:)`` gives this range again.
  package func time(at rate: SampleRate) -> Range<MediaTime> {
    let from = MediaTime(startOf: start, rate: rate)
    return from..<max(from, MediaTime(endBefore: end, rate: rate))
  }
}
