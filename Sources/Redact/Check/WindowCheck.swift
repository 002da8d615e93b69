import Foundation
import PCM

/// Compares one channel of the original with one of the redacted file over one stretch, window by window.
struct WindowCheck {
  struct Finding {
    let frames: Range<Int>
    let correlation, gain: Double
  }

  private let hertz: Int
  private let original: Signal
  private let redacted: [Float]
  private let margin: Int
  private let products: RunningProducts
  private let oldCover: OldCover

  /// - Parameters:
  ///   - original: the stretch with `margin` more frames on each side.
  ///   - redacted: the stretch alone.
  ///   - isFirstLook: whether nothing but ``maySuspect`` is asked for.
  init(hertz: Int, original: Signal, redacted: [Float], margin: Int, isFirstLook: Bool = false) {
    (self.hertz, self.original, self.redacted, self.margin) = (hertz, original, redacted, margin)
    products = RunningProducts(redacted, original.samples, from: margin, isCoarse: isFirstLook)
    oldCover = OldCover(hertz: hertz, original.samples, stretch: margin..<(margin + redacted.count))
  }

  /// - Parameter known: what was found of this stretch already, and needs no other look.
  func findings(besides known: [Finding]) -> [Finding] {
    var found: [Finding] = []
    for (scale, length) in scales {
      for start in starts(length) where !Self.covers(known + found, start..<(start + length)) {
        if let finding = finding(at: start, length, scale) { found.append(extended(finding)) }
      }
    }
    return found
  }

  /// Whether there may be findings: false only where there are none. Needs no more than four frames of margin, and
  /// decides nothing that rounding could decide otherwise.
  var maySuspect: Bool {
    scales.contains { scale, length in starts(length).contains { isLike(at: $0, length, scale, tolerance: 0.999) } }
  }

  /// Whether ``best(at:_:_:)`` may give something: at any of the places that it looks at, all that it asks for,
  /// without a root or a quotient. It may as well where sums are not finite.
  private func isLike(at start: Int, _ length: Int, _ scale: Thresholds.Scale, tolerance: Double) -> Bool {
    let sums = products.of(start..<(start + length))
    let alike = (tolerance * scale.correlation) * (tolerance * scale.correlation) * sums.energy
    let least = (tolerance * Thresholds.silence) * (tolerance * Thresholds.silence) * Double(length)
    let from = start + margin
    return original.energies(of: from..<(from + length)) { lag, energy in
      let product = abs(sums.product(lag: lag))
      let isUnlike = product * product < alike * energy || product < tolerance * Thresholds.inaudible * energy
      return !(isUnlike || energy < least || sums.energy <= 0)
    }
  }

  /// With their windows' lengths.
  private var scales: [(scale: Thresholds.Scale, length: Int)] {
    Thresholds.scales(within: Double(redacted.count) / Double(hertz)).map { scale in
      (scale, min(redacted.count, max(16, Int(scale.seconds * Double(hertz)))))
    }.filter { $0.length >= 16 }
  }

  /// Windows begin at the very start, and the last one ends at the very end.
  private func starts(_ length: Int) -> [Int] {
    let last = redacted.count - length
    return Array(stride(from: 0, to: last, by: max(1, length / 2))) + [last]
  }

  private static func covers(_ findings: [Finding], _ frames: Range<Int>) -> Bool {
    findings.contains { $0.frames.lowerBound <= frames.lowerBound && frames.upperBound <= $0.frames.upperBound }
  }

  private func finding(at start: Int, _ length: Int, _ scale: Thresholds.Scale) -> Finding? {
    guard let best = best(at: start, length, scale) else { return nil }
    if scale.seconds < Thresholds.short, !Thresholds.fullLevel.contains(abs(best.gain)) { return nil }
    guard Self.isPlain(best, scale) || !isChance(Self.elsewhere(abs(best.correlation), scale), start, length) else {
      return nil
    }
    guard !oldCover.isAll(of: (start + margin)..<(start + margin + length)) else { return nil }
    return Finding(frames: start..<(start + length), correlation: best.correlation, gain: best.gain)
  }

  /// At its own place or beside it, if it is enough alike and loud enough to be looked at.
  private func best(at start: Int, _ length: Int, _ scale: Thresholds.Scale) -> Likeness? {
    let sums = products.of(start..<(start + length))
    let (here, sooner) = (alike(start, length, lag: 0, sums), alike(start, length, lag: -1, sums))
    guard let best = Self.stronger(Self.stronger(here, sooner), alike(start, length, lag: 1, sums)),
      abs(best.correlation) >= scale.correlation, best.level >= Thresholds.silence,
      abs(best.gain) >= Thresholds.inaudible
    else { return nil }
    return best
  }

  /// A voice that holds its pitch is like itself a period later: what is alike and as loud needs no such comparison.
  private static func isPlain(_ likeness: Likeness, _ scale: Thresholds.Scale) -> Bool {
    let (correlation, gain) = (abs(likeness.correlation), abs(likeness.gain))
    if correlation >= Thresholds.same, Thresholds.sameLevel.contains(gain) { return true }
    return scale.seconds >= Thresholds.short && correlation >= Thresholds.plain && Thresholds.fullLevel.contains(gain)
  }

  /// How much alike a window with this likeness may be at another place near. Where next to nothing is unlike, sound that
  /// is like itself a period later is still far less alike there.
  private static func elsewhere(_ correlation: Double, _ scale: Thresholds.Scale) -> Double {
    let most = correlation / scale.margin
    guard scale.seconds >= Thresholds.short else { return most }
    let unlike = Thresholds.clearly * (1 - correlation * correlation)
    return max(most, max(0, 1 - unlike).squareRoot())
  }

  /// As far to both sides as the original goes on at the same level, without an old cover: a window rarely ends where the
  /// sound does.
  private func extended(_ finding: Finding) -> Finding {
    let step = max(8, Int(Thresholds.edge * Double(hertz)))
    var (start, end) = (finding.frames.lowerBound, finding.frames.upperBound)
    while start > 0, goesOn(max(0, start - step)..<start, finding.gain) { start = max(0, start - step) }
    while end < redacted.count, goesOn(end..<min(redacted.count, end + step), finding.gain) {
      end = min(redacted.count, end + step)
    }
    let frames = oldCover.trimmed((start + margin)..<(end + margin))
    return Finding(
      frames: (frames.lowerBound - margin)..<(frames.upperBound - margin), correlation: finding.correlation,
      gain: finding.gain)
  }

  /// Whether less is left of these frames when the original is taken away than ``Thresholds/rest`` of it.
  private func goesOn(_ frames: Range<Int>, _ gain: Double) -> Bool {
    var (rest, all) = (0.0, 0.0)
    for frame in frames {
      let expected = gain * Double(original.samples[frame + margin])
      rest += (Double(redacted[frame]) - expected) * (Double(redacted[frame]) - expected)
      all += expected * expected
    }
    return all > 0 && rest <= Thresholds.rest * all
  }

  private struct Likeness {
    let correlation, gain, level: Double
  }

  private static func stronger(_ left: Likeness?, _ right: Likeness?) -> Likeness? {
    abs(right?.correlation ?? 0) > abs(left?.correlation ?? 0) ? right : left
  }

  /// Of the redacted window with the original `lag` frames later; nil where that lies outside.
  private func alike(_ start: Int, _ length: Int, lag: Int, _ sums: RunningProducts.Sums) -> Likeness? {
    let from = start + margin + lag
    guard from >= 0, from + length <= original.samples.count else { return nil }
    let (oo, rr) = (original.energy(of: from..<(from + length)), sums.energy)
    guard oo > 0, rr > 0 else { return Likeness(correlation: 0, gain: 0, level: 0) }
    let product = abs(lag) > 1 ? dot(from, start, length) : sums.product(lag: lag)
    return Likeness(
      correlation: product / (oo * rr).squareRoot(), gain: product / oo, level: (oo / Double(length)).squareRoot())
  }

  private func dot(_ from: Int, _ start: Int, _ length: Int) -> Double {
    original.samples.withUnsafeBufferPointer { original in
      redacted.withUnsafeBufferPointer { redacted in
        Kernels.dot(
          UnsafeBufferPointer(rebasing: original[from..<(from + length)]),
          UnsafeBufferPointer(rebasing: redacted[start..<(start + length)]))
      }
    }
  }

  /// Whether the window is as much like the original at any other place near.
  private func isChance(_ correlation: Double, _ start: Int, _ length: Int) -> Bool {
    let own = max(2, Int(Thresholds.own * Double(hertz)))
    let reach = Int(Thresholds.reach * Double(hertz))
    // One step is a fraction of a period of the highest voice harmonics that carry energy.
    let sums = products.of(start..<(start + length))
    return stride(from: own, through: reach, by: max(1, hertz / 16_000)).contains { lag in
      [lag, -lag].contains { abs(alike(start, length, lag: $0, sums)?.correlation ?? 0) > correlation }
    }
  }
}
