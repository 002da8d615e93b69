import PCM

/// How one file lies over another.
struct Offset {
  /// How much later the sound is in the redacted file.
  let delay: FrameCount
  /// How like the original it is there, as a rule, and how loud the original is at the most.
  let likeness, loudest: Double
}

/// Finds how much later the sound is in one file than in another, from what lies outside the ranges.
struct OffsetSearch {
  /// Seconds that are compared at a time.
  private static let window = 1.0
  /// Seconds of delay that are found, either way.
  private static let reach = 0.5
  private static let mostWindows = 5

  let format: SoundFormat
  let length: FrameCount
  /// Sorted.
  let ranges: [FrameRange]

  /// What lies between the ranges, and not close to them.
  var gaps: [FrameRange] {
    let guardBand = Int64(format.rate.hertz / 5)
    var gaps: [FrameRange] = []
    var position: Int64 = 0
    for range in ranges + [FrameRange(.zero + length, .zero + length)] {
      let isEnd = range.start.index == length.value
      gaps.append(FrameRange(FramePosition(position), FramePosition(range.start.index - (isEnd ? 0 : guardBand))))
      position = max(position, range.end.index + guardBand)
    }
    return gaps
  }

  /// Stretches outside all ranges, spread over the sound.
  var windows: [FrameRange] {
    let size = Int64(Self.window * Double(format.rate.hertz))
    let free = gaps.flatMap { Self.pieces(of: $0, size, shortest: size / 8) }
    guard free.count > Self.mostWindows else { return free }
    return (0..<Self.mostWindows).map { free[$0 * (free.count - 1) / (Self.mostWindows - 1)] }
  }

  /// - Parameter shortest: in frames, of a piece; what is shorter is left out.
  static func pieces(of gap: FrameRange, _ size: Int64, shortest: Int64) -> [FrameRange] {
    stride(from: gap.start.index, to: gap.end.index, by: Int64.Stride(size)).compactMap { from in
      let to = min(gap.end.index, from + size)
      return to - from >= shortest ? FrameRange(FramePosition(from), FramePosition(to)) : nil
    }
  }

  /// - Returns: nil where the two are not the same recording, or differ in length on the way.
  func offset(_ original: ExcerptReader, _ redacted: ExcerptReader) throws -> Offset? {
    let reach = Int(Self.reach * Double(format.rate.hertz))
    var pairs: [(one: [Float], wide: [Float])] = []
    for window in windows {
      let one = Matching.mono(try original.read(window))
      guard Matching.level(one) > Thresholds.silence else { continue }
      let wide = FrameRange(window.start - FrameCount(Int64(reach)), window.end + FrameCount(Int64(reach)))
      pairs.append((one, Matching.mono(try redacted.read(wide))))
    }
    // Of a pause, an encoder leaves nothing that is like it.
    let loudest = pairs.map { Matching.level($0.one) }.max() ?? 0
    pairs.removeAll { Matching.level($0.one) < Thresholds.pause * loudest }
    guard !pairs.isEmpty, let common = commonLag(pairs) else { return nil }
    return Offset(delay: FrameCount(Int64(common.lag - reach)), likeness: common.likeness, loudest: loudest)
  }

  /// Coarsely first, then to the frame. A voice that holds its pitch is like itself a period later, but not by the same
  /// period everywhere: all windows together say where it is.
  private func commonLag(_ pairs: [(one: [Float], wide: [Float])]) -> (lag: Int, likeness: Double)? {
    let step = Matching.step(format.rate)
    let coarse = pairs.map { Matching.likeness(Matching.thinned($0.one, step), Matching.thinned($0.wide, step)) }
    guard let top = Self.top(coarse) else { return nil }
    // The recording must be there in most windows, at this place and not at one of its own.
    let agreeing = coarse.compactMap { likeness in
      let near = likeness[max(0, top - 4)...min(likeness.count - 1, top + 4)].max() ?? 0
      return near >= max(Thresholds.sameRecording, 0.8 * (likeness.max() ?? 0)) ? near : nil
    }
    guard agreeing.count * 3 >= pairs.count * 2 else { return nil }
    let usual = agreeing.sorted()[agreeing.count / 2]
    guard step > 1 else { return (top, usual) }
    let fine = pairs.map { pair in
      let last = (top + 2) * step + pair.one.count
      let from = max(0, (top - 1) * step)
      return Matching.likeness(pair.one, Array(pair.wide[from..<min(pair.wide.count, last)]))
    }
    return Self.top(fine).map { (max(0, (top - 1) * step) + $0, usual) }
  }

  /// Where the sum of all is greatest.
  private static func top(_ likeness: [[Double]]) -> Int? {
    let places = likeness.map(\.count).min() ?? 0
    return (0..<places).map { place in likeness.reduce(0) { $0 + $1[place] } }.indexOfMost
  }
}
