import PCM

/// How ``Check/run(original:redacted:)`` hears the two files, in the order of their sound.
extension Check {
  /// Pieces of a range after which it is known that it is not elsewhere.
  private static let mostLooks = 10

  private enum Stop {
    case piece(Int)
    case window
  }

  /// Compares each piece at the usual place, and takes down where the sound is beside the ranges.
  func firstLook(
    _ original: ExcerptReader, _ redacted: ExcerptReader, _ delay: FrameCount, _ local: inout LocalOffsets,
    _ swap: inout SwapWatch
  ) throws -> [[CheckReport.Leak]] {
    var found = [[CheckReport.Leak]](repeating: [], count: pieces.count)
    for (stop, frames) in stops(local.windows) {
      let lead = local.lead
      let (before, after) = try excerpts(original, redacted, frames, delay, lead: lead)
      switch stop {
      case .piece(let number):
        let after = Self.part(after, from: lead, frames)
        found[number] = leaks(in: frames, before, after)
        swap.take(Self.part(before, from: margin, frames), after)
      case .window:
        local.take(frames, Self.part(before, from: margin, frames), after)
      }
    }
    return found
  }

  /// Compares the pieces of those ranges again that are not at the usual place, wherever they may be.
  func secondLook(
    _ original: ExcerptReader, _ redacted: ExcerptReader, _ delay: FrameCount, _ places: [LocalOffsets.Place],
    _ found: inout [[CheckReport.Leak]]
  ) throws {
    let lead = places.flatMap(\.shifts).map(abs).max() ?? 0
    for (number, piece) in pieces.enumerated() where !places[piece.range].isUsual {
      let (before, after) = try excerpts(original, redacted, piece.frames, delay, lead: lead)
      found[number] = places[piece.range].shifts.flatMap { shift in
        leaks(in: piece.frames, before, Self.part(after, from: lead + shift, piece.frames))
      }
    }
  }

  /// Looks for the pieces of those ranges anywhere in them that have nothing on one side which would show where they are.
  func searchWithin(
    _ original: ExcerptReader, _ redacted: ExcerptReader, _ delay: FrameCount, _ places: [LocalOffsets.Place],
    _ local: LocalOffsets
  ) throws {
    let lead = FrameCount(Int64(2 * format.rate.hertz))
    var looks = [Int](repeating: 0, count: frames.count)
    for piece in pieces where !places[piece.range].isCertain && looks[piece.range] < Self.mostLooks {
      looks[piece.range] += 1
      let before = try original.read(piece.frames)
      let wide = FrameRange(piece.frames.start - lead, piece.frames.end + lead)
      let within = frames[piece.range].intersection(wide)
      let after = try redacted.read(FrameRange(wide.start + delay, wide.end + delay))
      if local.isThere(before, in: Self.part(after, from: Int((within.start - wide.start).value), within)) {
        throw RedactError.unlike(around: frames[piece.range].time(at: format.rate))
      }
    }
  }

  private func stops(_ windows: [FrameRange]) -> [(stop: Stop, frames: FrameRange)] {
    let all: [(stop: Stop, frames: FrameRange)] =
      pieces.enumerated().map { (.piece($0.offset), $0.element.frames) } + windows.map { (.window, $0) }
    return all.sorted { $0.frames.start < $1.frames.start }
  }

  /// - Returns: with ``margin`` around the original's, and `lead` around the other.
  private func excerpts(
    _ original: ExcerptReader, _ redacted: ExcerptReader, _ frames: FrameRange, _ delay: FrameCount, lead: Int
  ) throws -> (before: [[Float]], after: [[Float]]) {
    let lead = FrameCount(Int64(lead))
    return (
      try original.read(wide(frames)),
      try redacted.read(FrameRange(frames.start + delay - lead, frames.end + delay + lead))
    )
  }

  private static func part(_ planes: [[Float]], from start: Int, _ frames: FrameRange) -> [[Float]] {
    planes.map { Array($0[start..<(start + Int(frames.count.value))]) }
  }
}
