import PCM

/// Looks beside each range whether the two files lie over each other there as they do elsewhere. What is cut from one of
/// them, or put into it, moves all that comes after, and a range that is compared at a wrong place looks covered.
struct LocalOffsets {
  /// Seconds that are compared at a time, and by which they may have moved.
  private static let window = 0.5
  private static let shortest = 0.125
  private static let reach = 0.5
  /// Windows beside a range that are all looked at; further away, fewer and fewer.
  private static let closeWindows = 6
  private static let widening = 1.5
  /// Frames by which resampling and rounding move sound, and no cut does.
  private static let near = 4
  /// Seconds by which the sound may move between both sides of a range: so much, two clocks make.
  private static let slide = 0.0002
  /// Windows beside a range, covered wider than it must be with sound of any kind, in which nothing can be recognised.
  private static let mostLost = 3

  private enum Finding {
    /// So many frames from its usual place.
    case moved(Int)
    /// It can be heard well, and is not there.
    case lost
  }

  private let search: OffsetSearch
  private let offset: Offset
  /// In order.
  private var findings: [(window: FrameRange, finding: Finding)] = []

  init(_ search: OffsetSearch, _ offset: Offset) { (self.search, self.offset) = (search, offset) }

  private var rate: SampleRate { search.format.rate }
  private var hertz: Double { Double(rate.hertz) }

  /// Frames that are needed on both sides of a window of the redacted sound, from its usual place.
  var lead: Int { Int(Self.reach * hertz) + Self.near }

  /// What ``take(_:_:_:)`` is to be given, in order.
  var windows: [FrameRange] {
    let size = Int64(Self.window * hertz)
    let close = search.gaps.flatMap { gap in
      let pieces = OffsetSearch.pieces(of: gap, size, shortest: Int64(Self.shortest * hertz))
      let count = gap.end - gap.start
      let fromEnd = Self.steps(count.value / size).map { step in
        FrameRange(gap.end - FrameCount((Int64(step) + 1) * size), gap.end - FrameCount(Int64(step) * size))
      }
      return Self.steps(Int64(pieces.count)).map { pieces[$0] } + fromEnd
    }
    return Set(close + search.windows).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  /// Numbers below `count`: the first ones, then wider and wider apart.
  private static func steps(_ count: Int64) -> [Int] {
    var (steps, next) = ([Int](), 0)
    while next < count {
      steps.append(next)
      next = next < closeWindows ? next + 1 : Int(Double(next) * widening)
    }
    return steps
  }

  /// - Parameters:
  ///   - original: what is in the window.
  ///   - redacted: what is at its usual place, with ``lead`` more on both sides.
  mutating func take(_ window: FrameRange, _ original: [[Float]], _ redacted: [[Float]]) {
    let one = Matching.mono(original)
    let level = Matching.level(one)
    guard isAudible(level) else { return }
    let wide = Matching.mono(redacted)
    if let lag = lagNearby(one, wide) { return findings.append((window, .moved(lag))) }
    switch lagElsewhere(one, wide) {
    case .some(.moved(let lag)): findings.append((window, .moved(lag)))
    case .some(.lost) where level > Thresholds.wellHeard * offset.loudest && !isCovered(one, wide):
      findings.append((window, .lost))
    default: break
    }
  }

  /// nil where it is not clearly there.
  private func lagNearby(_ one: [Float], _ wide: [Float]) -> Int? {
    let likeness = likeness(one, wide, lag: 0, within: Self.near)
    guard let top = likeness.indexOfMost, likeness[top] >= Thresholds.surely * offset.likeness,
      top > 0, top < likeness.count - 1
    else { return nil }
    return top - Self.near
  }

  private func likeness(_ one: [Float], _ wide: [Float], lag: Int, within frames: Int) -> [Double] {
    let from = max(0, lead + lag - frames)
    return Matching.likeness(one, Array(wide[from..<min(wide.count, lead + lag + frames + one.count)]))
  }

  /// nil where it may be at its place or at another.
  private func lagElsewhere(_ one: [Float], _ wide: [Float]) -> Finding? {
    let step = Matching.step(rate)
    let coarse = Matching.likeness(Matching.thinned(one, step), Matching.thinned(wide, step))
    guard let top = coarse.indexOfMost else { return nil }
    let here = lead / step
    let atPlace = coarse[max(0, here - 4)...min(coarse.count - 1, here + 4)].max() ?? 0
    if atPlace >= 0.95 * coarse[top], atPlace >= Thresholds.probably * offset.likeness {
      return .moved(fineLag(one, wide, 0, 5 * step))
    }
    guard isRecognised(coarse[top]) else { return .lost }
    return atPlace < Thresholds.surely * coarse[top] ? .moved(fineLag(one, wide, top * step - lead, 2 * step)) : nil
  }

  private func fineLag(_ one: [Float], _ wide: [Float], _ lag: Int, _ frames: Int) -> Int {
    let top = likeness(one, wide, lag: lag, within: frames).indexOfMost ?? 0
    return max(0, lead + lag - frames) + top - lead
  }

  /// Whether a part of what is at the usual place is silent, a tone or noise: a cover is often wider than the range.
  private func isCovered(_ one: [Float], _ wide: [Float]) -> Bool {
    let here = Array(wide[lead..<(lead + one.count)])
    let cover = OldCover(hertz: rate.hertz, here, stretch: 0..<here.count)
    let size = Int(Thresholds.steadyNoise * hertz)
    return stride(from: 0, through: here.count - size, by: size).contains { start in
      let level = Matching.level(Array(here[start..<(start + size)]))
      return level < Thresholds.silence || level < Thresholds.pause * Matching.level(one)
        || cover.isAll(of: start..<(start + size))
    }
  }

  /// Where a range lies in the redacted sound.
  struct Place {
    /// By how many frames elsewhere than at its usual place; several where this can't be told to the frame.
    let shifts: [Int]
    /// Whether it is known on both sides of the range.
    let isCertain: Bool

    /// The first look also compares one frame before and behind.
    var isUsual: Bool { shifts.allSatisfy { abs($0) <= 1 } }
  }

  /// - Throws: `RedactError` `.cannotCompare` where this is not known.
  func place(of range: FrameRange) throws -> Place {
    let time = range.time(at: rate)
    let known = try [
      nearest(findings.reversed().filter { $0.window.end <= range.start }.map(\.finding), time),
      nearest(findings.filter { $0.window.start >= range.end }.map(\.finding), time),
    ].compactMap { $0 }
    guard let first = known.min(), let last = known.max() else { return Place(shifts: [0], isCertain: false) }
    guard last - first <= Int((Self.slide * hertz).rounded(.up)) else {
      throw RedactError.differInLength(around: time, FrameCount(Int64(last - first)).time(at: rate))
    }
    // Each comparison also looks one frame before and behind.
    return Place(shifts: Array(stride(from: first, to: last, by: 2)) + [last], isCertain: known.count == 2)
  }

  /// Whether something of a range is anywhere in what there is of it in the redacted sound.
  func isThere(_ original: [[Float]], in redacted: [[Float]]) -> Bool {
    let (original, redacted) = (Matching.mono(original), Matching.mono(redacted))
    let (step, shortest) = (Matching.step(rate), Int(Self.shortest * hertz))
    // Half of a short range can be found in it, also where it has moved.
    let size = min(Int(Self.window * hertz), max(shortest, redacted.count / 2))
    let wide = Matching.thinned(redacted, step)
    return stride(from: 0, through: original.count - size, by: max(1, size)).contains { start in
      let one = Array(original[start..<(start + size)])
      guard redacted.count >= size, isAudible(Matching.level(one)) else { return false }
      let most = Matching.likeness(Matching.thinned(one, step), wide).max() ?? 0
      return isRecognised(most)
        && !OldCover(hertz: rate.hertz, one, stretch: 0..<size).isAll(of: 0..<size)
    }
  }

  /// At a place where it is not expected, and where other sound can be somewhat like it.
  private func isRecognised(_ likeness: Double) -> Bool {
    likeness >= max(Thresholds.recognised, Thresholds.probably * offset.likeness)
  }

  private func isAudible(_ level: Double) -> Bool {
    level > max(Thresholds.silence, Thresholds.pause * offset.loudest)
  }

  private func nearest(_ findings: [Finding], _ time: Range<MediaTime>) throws -> Int? {
    var lost = 0
    for finding in findings {
      if case .moved(let lag) = finding, lost <= Self.mostLost { return lag }
      lost += 1
      if lost > Self.mostLost { break }
    }
    guard lost == 0 else { throw RedactError.unlike(around: time) }
    return nil
  }
}

extension RedactError {
  private static let remedy =
    "Give the original, then the file made from it; nothing may be cut from it or put into it."

  static func cannotCompare() -> RedactError {
    RedactError(
      .cannotCompare,
      problem: "the two files can't be laid over each other: nothing shows that they are the same recording",
      remedy: "Give the original, then the file made from it; nothing may be cut from it.", exit: .failedCheck)
  }

  fileprivate static func differInLength(around time: Range<MediaTime>, _ difference: MediaTime) -> RedactError {
    let milliseconds = max(1, Int((difference.seconds * 1_000).rounded()))
    return RedactError(
      .cannotCompare,
      problem: "the two files can't be laid over each other at \(name(time)): from before to behind it, one of them is "
        + "\(milliseconds) ms longer than the other",
      remedy: remedy, exit: .failedCheck)
  }

  static func unlike(around time: Range<MediaTime>) -> RedactError {
    RedactError(
      .cannotCompare,
      problem:
        "the two files can't be laid over each other at \(name(time)): beside it, they do not hold the same sound",
      remedy: remedy, exit: .failedCheck)
  }

  private static func name(_ time: Range<MediaTime>) -> String {
    [time.lowerBound, time.upperBound].map { time in
      MediaTime(milliseconds: (time.nanoseconds + 500_000) / 1_000_000).description
    }.joined(separator: "-")
  }
}
