import PCM
import ShowModel

/// One stretch that will be covered, and the marked ranges it comes from.
package struct Cover: Hashable, Sendable {
  /// Whole frames, never empty, within the sound.
  package let frames: FrameRange
  package let fill: Fill
  /// The marked ranges that lie in it, in the order of their starts; never empty.
  package let ranges: [RedactionRange]

  /// Each reason once, in the order of the list of reasons.
  package var reasons: [Reason] { Reason.allCases.filter { reason in ranges.contains { $0.reason == reason } } }
}

/// Which frames of one sound are covered with what: sorted, apart from each other, within the sound.
package struct RedactionPlan: Hashable, Sendable {
  /// How far past the end a range may reach and still mean the end: one frame of 25 frames a second, which is how
  /// coarse the coarsest range format is.
  package static let endTolerance = MediaTime(milliseconds: 40)

  package let format: SoundFormat
  package let length: FrameCount
  package let settings: CoverSettings
  package let covers: [Cover]

  /// Widens each range to whole frames, pads it, makes it long enough and joins it with its neighbours.
  ///
  /// - Parameters:
  ///   - ranges: in any order; may overlap.
  ///   - length: of the sound that will be covered.
  ///   - mayBeEmpty: whether somebody wrote that there is nothing to cover.
  /// - Throws: `RedactError` `.pastEnd` where a range begins at the end or ends later than ``endTolerance`` after it;
  ///   `.noRanges` where there is none, since a run that covers nothing is otherwise a mistake.
  /// - Complexity: O(*n* log *n*) in the number of ranges.
  package init(
    _ ranges: [RedactionRange], settings: CoverSettings, format: SoundFormat, length: FrameCount,
    mayBeEmpty: Bool = false
  ) throws {
    guard mayBeEmpty || !ranges.isEmpty else { throw RedactError.noRanges() }
    self.format = format
    self.length = length
    self.settings = settings
    let widening = Widening(settings, format: format, length: length)
    var covers: [Cover] = []
    for range in ranges.sorted(by: Self.comesFirst) {
      let next = Cover(frames: try widening.frames(of: range), fill: range.fill ?? settings.fill, ranges: [range])
      if let last = covers.last, widening.joins(last.frames, next.frames) {
        covers[covers.count - 1] = Self.joined(last, next)
      } else {
        covers.append(next)
      }
    }
    self.covers = covers
  }

  /// Frames covered in all.
  package var coveredCount: FrameCount { covers.reduce(.zero) { $0 + $1.frames.count } }

  private static func comesFirst(_ left: RedactionRange, _ right: RedactionRange) -> Bool {
    (left.time.lowerBound, left.time.upperBound) < (right.time.lowerBound, right.time.upperBound)
  }

  /// A tone wins over noise and noise over silence: what is most clearly a cover is kept.
  private static func joined(_ left: Cover, _ right: Cover) -> Cover {
    let strongest = [Fill.bip, .noise, .silence].first { $0 == left.fill || $0 == right.fill }
    return Cover(
      frames: FrameRange(min(left.frames.start, right.frames.start), max(left.frames.end, right.frames.end)),
      fill: strongest ?? left.fill, ranges: left.ranges + right.ranges)
  }
}

/// The settings of a plan in frames of one sound.
private struct Widening {
  let rate: SampleRate
  let sound: FrameRange
  let pad, shortest, join: FrameCount

  init(_ settings: CoverSettings, format: SoundFormat, length: FrameCount) {
    rate = format.rate
    sound = FrameRange(.zero, .zero + length)
    pad = FrameCount(coveringLength: settings.pad, rate: rate)
    shortest = FrameCount(coveringLength: settings.shortest, rate: rate)
    join = FrameCount(coveringLength: settings.join, rate: rate)
  }

  func frames(of range: RedactionRange) throws -> FrameRange {
    let marked = FrameRange(covering: range.time, rate: rate)
    let tolerance = FrameCount(coveringLength: RedactionPlan.endTolerance, rate: rate)
    guard !marked.isEmpty else { throw RedactError.emptyRange(range) }
    guard marked.start < sound.end, marked.end <= sound.end + tolerance else {
      throw RedactError.pastEnd(range, length: sound.count.time(at: rate))
    }
    return lengthened(marked.intersection(sound).widened(before: pad, after: pad, within: sound))
  }

  /// Widened evenly to the shortest cover; what has no room on one side is added on the other.
  private func lengthened(_ range: FrameRange) -> FrameRange {
    let missing = shortest.value - range.count.value
    guard missing > 0 else { return range }
    let half = (missing + 1) / 2
    let before = min(half, range.start.index)
    let after = min(missing - before, sound.end.index - range.end.index)
    let rest = FrameCount(missing - after)
    return range.widened(before: rest, after: FrameCount(after), within: sound)
  }

  /// Overlapping and touching ranges are one in any case.
  func joins(_ left: FrameRange, _ right: FrameRange) -> Bool {
    let gap = right.start - left.end
    return gap <= .zero || gap < join
  }
}
