import Foundation
import PCM
import ShowModel

/// Asks of anybody's redacted file whether something of the original is left where it should be covered. It knows
/// nothing of how this program covers.
package struct Check: Sendable {
  /// Seconds that are looked at in one piece; pieces overlap, so that no window falls between them.
  private static let piece = 2.0
  private static let overlap = 0.1
  /// Frames to either side of a piece that the first look needs: one, and what is read beside it.
  private static let sides = 4

  let format: SoundFormat
  private let length: FrameCount
  private let ranges: [RedactionRange]
  /// Those ranges that meet are one: a word can be marked in parts too short to know anything in.
  let frames: [FrameRange]
  /// Of which of ``frames``, and where; in the order in which they are read.
  let pieces: [(range: Int, frames: FrameRange)]

  /// - Parameters:
  ///   - format: of the original; the redacted sound has the same rate, and any channels.
  ///   - length: of the original.
  /// - Throws: `RedactError` `.pastEnd` for a range that the original does not have, `.noRanges`.
  package init(_ ranges: [RedactionRange], format: SoundFormat, length: FrameCount) throws {
    guard !ranges.isEmpty else { throw RedactError.noRanges() }
    let sorted = ranges.sorted { ($0.time.lowerBound, $0.time.upperBound) < ($1.time.lowerBound, $1.time.upperBound) }
    for range in sorted where FrameRange(covering: range.time, rate: format.rate).start.index >= length.value {
      throw RedactError.pastEnd(range, length: length.time(at: format.rate))
    }
    (self.format, self.length, self.ranges) = (format, length, sorted)
    let sound = FrameRange(.zero, .zero + length)
    frames = Self.joined(sorted.map { FrameRange(covering: $0.time, rate: format.rate).intersection(sound) })
    pieces = Self.pieces(frames, format.rate)
  }

  /// - Parameters:
  ///   - original: opens the original anew, for one pass.
  ///   - redacted: likewise, at the original's rate.
  /// - Throws: `RedactError` `.cannotCompare` where the two can't be laid over each other, `.swapped`.
  package func run(
    original: () throws -> any SoundSource, redacted: () throws -> any SoundSource
  ) throws -> CheckReport {
    let search = OffsetSearch(format: format, length: length, ranges: frames)
    guard let offset = try passing(original, redacted, search.offset) else { throw RedactError.cannotCompare() }
    var (local, swap) = (LocalOffsets(search, offset), SwapWatch(hertz: format.rate.hertz))
    var found = try passing(original, redacted) { try firstLook($0, $1, offset.delay, &local, &swap) }
    // Nearly always the ranges are where they were looked for.
    let places = try frames.map(local.place)
    if !places.allSatisfy(\.isUsual) {
      try passing(original, redacted) { try secondLook($0, $1, offset.delay, places, &found) }
    }
    if swap.areSwapped, found.allSatisfy(\.isEmpty) { throw RedactError.swapped() }
    if !places.allSatisfy(\.isCertain), found.allSatisfy(\.isEmpty) {
      try passing(original, redacted) { try searchWithin($0, $1, offset.delay, places, local) }
    }
    return report(found, offset.delay)
  }

  /// What ``leaks(inPart:original:redacted:)`` looks at, in order.
  package var parts: [FrameRange] { pieces.map(\.frames) }

  /// The same as ``run(original:redacted:)``, a part at a time and in any order, where the sound is at the same place in
  /// both and can be had from anywhere: only the ranges are heard; what is around them only where something in them is
  /// suspect.
  /// - Parameters:
  ///   - original: gives one plane a channel for any range; silence where it reaches past an end.
  ///   - redacted: likewise.
  package func leaks(
    inPart number: Int, original: (FrameRange) throws -> [[Float]], redacted: (FrameRange) throws -> [[Float]]
  ) throws -> [CheckReport.Leak] {
    let (frames, sides) = (pieces[number].frames, FrameCount(Int64(Self.sides)))
    let (around, after) = (FrameRange(frames.start - sides, frames.end + sides), try redacted(frames))
    guard isSuspect(try original(around), after) else { return [] }
    return leaks(in: frames, try original(wide(frames)), after)
  }

  /// - Parameter before: with ``sides`` around it.
  /// - Returns: false only where ``leaks(in:_:_:)`` would find nothing.
  private func isSuspect(_ before: [[Float]], _ after: [[Float]]) -> Bool {
    let (originals, redacted) = CheckedPlane.pair(before, after, hertz: format.rate.hertz)
    let signals = originals.map(CheckedPlane.Signals.init)
    return redacted.contains { to in
      let forms = CheckedPlane.Forms(to)
      return signals.contains { from in
        from.eachLook(at: forms).contains { original, form in
          WindowCheck(
            hertz: format.rate.hertz, original: original, redacted: form, margin: Self.sides, isFirstLook: true
          ).maySuspect
        }
      }
    }
  }

  /// - Parameter found: the leaks of each part.
  package func report(_ found: [[CheckReport.Leak]], _ delay: FrameCount = .zero) -> CheckReport {
    let leaks = found.flatMap { $0 }
    let stretches = ranges.map { range in
      CheckReport.Stretch(time: range.time, leaks: leaks.filter { isIn(range, $0) })
    }
    return CheckReport(delay: delay, stretches: stretches)
  }

  private func isIn(_ range: RedactionRange, _ leak: CheckReport.Leak) -> Bool {
    FrameRange(covering: range.time, rate: format.rate).overlaps(FrameRange(covering: leak.time, rate: format.rate))
  }

  /// - Parameter frames: sorted by where they start.
  private static func joined(_ frames: [FrameRange]) -> [FrameRange] {
    frames.reduce(into: []) { joined, next in
      if let last = joined.last, next.start <= last.end {
        joined[joined.count - 1] = FrameRange(last.start, max(last.end, next.end))
      } else {
        joined.append(next)
      }
    }
  }

  private func passing<Result>(
    _ original: () throws -> any SoundSource, _ redacted: () throws -> any SoundSource,
    _ body: (ExcerptReader, ExcerptReader) throws -> Result
  ) throws -> Result {
    let one = try original()
    defer { one.close() }
    let two = try redacted()
    defer { two.close() }
    guard one.format.rate == two.format.rate else { throw RedactError.cannotCompare() }
    return try body(ExcerptReader(one), ExcerptReader(two))
  }

  private static func pieces(_ frames: [FrameRange], _ rate: SampleRate) -> [(range: Int, frames: FrameRange)] {
    let step = Int64((piece - overlap) * Double(rate.hertz))
    let size = FrameCount(Int64(piece * Double(rate.hertz)))
    let all = frames.enumerated().flatMap { index, range in
      stride(from: range.start.index, to: range.end.index, by: Int64.Stride(step)).map { start in
        (range: index, frames: FrameRange(FramePosition(start), min(range.end, FramePosition(start) + size)))
      }
    }
    return all.sorted { $0.frames.start < $1.frames.start }
  }

  var margin: Int { Int(Thresholds.reach * Double(format.rate.hertz)) }

  /// With as much around it as chance likeness is measured in.
  func wide(_ piece: FrameRange) -> FrameRange {
    FrameRange(piece.start - FrameCount(Int64(margin)), piece.end + FrameCount(Int64(margin)))
  }

  func leaks(in piece: FrameRange, _ before: [[Float]], _ after: [[Float]]) -> [CheckReport.Leak] {
    let (originals, redacted) = CheckedPlane.pair(before, after, hertz: format.rate.hertz)
    let signals = originals.map(CheckedPlane.Signals.init)
    return redacted.flatMap { to in
      let forms = CheckedPlane.Forms(to)
      return signals.flatMap { from in
        var found: [WindowCheck.Finding] = []
        for (original, form) in from.eachLook(at: forms) {
          let check = WindowCheck(hertz: format.rate.hertz, original: original, redacted: form, margin: margin)
          found += check.findings(besides: found)
        }
        return to.channels.flatMap { to in
          from.plane.channels.flatMap { from in found.map { leak($0, from, to, piece) } }
        }
      }
    }
  }

  private func leak(_ finding: WindowCheck.Finding, _ from: Int, _ to: Int, _ piece: FrameRange) -> CheckReport.Leak {
    let start = piece.start + FrameCount(Int64(finding.frames.lowerBound))
    let frames = FrameRange(start, start + FrameCount(Int64(finding.frames.count)))
    return CheckReport.Leak(
      time: frames.time(at: format.rate), originalChannel: from + 1, redactedChannel: to + 1,
      correlation: abs(finding.correlation), decibels: Decibels.of(abs(finding.gain)))
  }
}

extension RedactError.Code {
  package static let cannotCompare = Self(rawValue: "cannot-compare")
}
