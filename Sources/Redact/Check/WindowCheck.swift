import Foundation
import PCM

/// Compares one channel of the original with one of the redacted file over one stretch, window by window.
struct WindowCheck {
  let hertz: Int
  /// The stretch with ``margin`` more frames on each side.
  let original: [Float]
  /// The stretch alone, tones taken out.
  let redacted: [Float]
  let margin: Int

  struct Finding {
    let frames: Range<Int>
    let correlation, gain: Double
  }

  func findings() -> [Finding] { Thresholds.scales.flatMap(findings) }

  private func findings(_ scale: Thresholds.Scale) -> [Finding] {
    let length = min(redacted.count, max(16, Int(scale.seconds * Double(hertz))))
    guard length >= 16 else { return [] }
    // Windows begin at the very start, and the last one ends at the very end.
    let last = redacted.count - length
    let starts = Array(stride(from: 0, to: last, by: max(1, length / 2))) + [last]
    return starts.compactMap { finding(at: $0, length, scale) }
  }

  private func finding(at start: Int, _ length: Int, _ scale: Thresholds.Scale) -> Finding? {
    let here = alike(start, length, lag: 0)
    guard let best = [-1, 1].map({ alike(start, length, lag: $0) }).reduce(here, Self.stronger),
      abs(best.correlation) >= scale.correlation, best.level >= Thresholds.silence,
      abs(best.gain) >= Thresholds.inaudible
    else { return nil }
    if scale.seconds < 0.01, !Thresholds.fullLevel.contains(abs(best.gain)) { return nil }
    // A voice that holds its pitch is like itself a period later: what is alike and as loud needs no such comparison.
    let isPlain =
      abs(best.correlation) >= Thresholds.plain && scale.seconds >= 0.02
      && Thresholds.fullLevel.contains(abs(best.gain))
    guard isPlain || abs(best.correlation) >= scale.margin * chance(start, length) else { return nil }
    return Finding(frames: start..<(start + length), correlation: best.correlation, gain: best.gain)
  }

  private struct Likeness {
    let correlation, gain, level: Double
  }

  private static func stronger(_ left: Likeness?, _ right: Likeness?) -> Likeness? {
    abs(right?.correlation ?? 0) > abs(left?.correlation ?? 0) ? right : left
  }

  /// Of the redacted window with the original `lag` frames later; nil where that lies outside.
  private func alike(_ start: Int, _ length: Int, lag: Int) -> Likeness? {
    let from = start + margin + lag
    guard from >= 0, from + length <= original.count else { return nil }
    return original.withUnsafeBufferPointer { original in
      redacted.withUnsafeBufferPointer { redacted in
        let o = UnsafeBufferPointer(rebasing: original[from..<(from + length)])
        let r = UnsafeBufferPointer(rebasing: redacted[start..<(start + length)])
        let (oo, rr, or) = (Kernels.sumOfSquares(o), Kernels.sumOfSquares(r), Kernels.dot(o, r))
        guard oo > 0, rr > 0 else { return Likeness(correlation: 0, gain: 0, level: 0) }
        return Likeness(
          correlation: or / (oo * rr).squareRoot(), gain: or / oo, level: (oo / Double(length)).squareRoot())
      }
    }
  }

  /// The greatest likeness at any other place near.
  private func chance(_ start: Int, _ length: Int) -> Double {
    let own = max(2, Int(Thresholds.own * Double(hertz)))
    let reach = Int(Thresholds.reach * Double(hertz))
    var most = 0.0
    // One step is a fraction of a period of the highest voice harmonics that carry energy.
    for lag in stride(from: own, through: reach, by: max(1, hertz / 16_000)) {
      for lag in [lag, -lag] { most = max(most, abs(alike(start, length, lag: lag)?.correlation ?? 0)) }
    }
    return most
  }
}
