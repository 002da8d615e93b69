import PCM

/// Notices that the first file is the covered one. What it holds in the ranges is then an old cover, and of that nothing
/// can be left in the second: uncovered, it would pass.
struct SwapWatch {
  /// Seconds that are looked at in one piece.
  private static let window = 0.1
  /// Seconds at the edges of a range where covers fade, and an encoder smears what is beside them.
  private static let edge = 0.06
  /// Softer than this, it may be what an encoder made of silence.
  private static let soft = 0.001

  let hertz: Int
  /// Of the first file in all that was seen.
  private var isCovered = true
  /// In the second, at any moment.
  private var hasSound = false

  init(hertz: Int) { self.hertz = hertz }

  var areSwapped: Bool { isCovered && hasSound }

  /// - Parameter first: a piece of a range, one plane a channel; `second` likewise. Once the first file is known to hold
  ///   sound, nothing is looked at any more.
  mutating func take(_ first: [[Float]], _ second: [[Float]]) {
    guard isCovered else { return }
    isCovered = first.allSatisfy { plane in !hasSound(plane, louderThan: Thresholds.silence) }
    guard isCovered, !hasSound else { return }
    hasSound = second.contains { hasSound($0, louderThan: Self.soft) }
  }

  /// Other sound than a tone or noise that stays the same.
  private func hasSound(_ samples: [Float], louderThan silence: Double) -> Bool {
    let edge = min(Int(Self.edge * Double(hertz)), samples.count / 3)
    let size = min(Int(Self.window * Double(hertz)), samples.count - 2 * edge)
    let cover = OldCover(hertz: hertz, samples, stretch: 0..<samples.count)
    return stride(from: edge, through: samples.count - edge - size, by: max(1, size)).contains { start in
      Matching.level(Array(samples[start..<(start + size)])) > silence && !cover.isAll(of: start..<(start + size))
    }
  }
}

extension RedactError.Code {
  package static let swapped = Self(rawValue: "swapped")
}

extension RedactError {
  static func swapped() -> RedactError {
    RedactError(
      .swapped,
      problem: "the first file is covered in these ranges, and the second has sound there, as if they were swapped",
      remedy: "Give the original first, then the file made from it.", exit: .failedCheck)
  }
}
