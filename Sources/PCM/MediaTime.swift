/// A moment of a recording, or a length of time, in whole nanoseconds.
///
/// A decimal number of seconds with up to nine places is held exactly, which no binary floating-point number does;
/// so is the time of every frame, in the sense that ``FrameRange/init(covering:rate:)`` gives the same frame back.
package struct MediaTime: Hashable, Comparable, Sendable {
  package static let zero = MediaTime(nanoseconds: 0)
  /// Longer than any recording: 1000 hours.
  package static let longest = MediaTime(nanoseconds: 3_600_000 * 1_000_000_000)

  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
  package init(milliseconds: Int64) { self.init(nanoseconds: milliseconds * 1_000_000) }

  /// The nearest nanosecond.
  /// - Returns: nil where `seconds` is not finite, negative or past ``longest``.
  package init?(seconds: Double) {
    guard seconds.isFinite, seconds >= 0, seconds * 1e9 <= Double(Self.longest.nanoseconds) else { return nil }
    self.init(nanoseconds: Int64((seconds * 1e9).rounded()))
  }

  package var seconds: Double { Double(nanoseconds) / 1e9 }

  package static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
  package static func + (left: Self, right: Self) -> Self { .init(nanoseconds: left.nanoseconds + right.nanoseconds) }
  package static func - (left: Self, right: Self) -> Self { .init(nanoseconds: left.nanoseconds - right.nanoseconds) }

  /// The earliest moment that lies in frame `position` or after it, so that it rounds down to that frame again.
  package init(startOf position: FramePosition, rate: SampleRate) {
    self.init(nanoseconds: Self.scale(position.index, by: 1_000_000_000, over: Int64(rate.hertz), roundUp: true))
  }

  /// The last moment that needs no frame from `position` on, so that it rounds up to that frame again.
  package init(endBefore position: FramePosition, rate: SampleRate) {
    self.init(nanoseconds: Self.scale(position.index, by: 1_000_000_000, over: Int64(rate.hertz), roundUp: false))
  }

  /// `value * factor / divisor` without overflow in between; at the limits of `Int64` where the result passes them.
  package static func scale(_ value: Int64, by factor: Int64, over divisor: Int64, roundUp: Bool) -> Int64 {
    let magnitude = value.magnitude.multipliedFullWidth(by: factor.magnitude)
    guard magnitude.high < divisor.magnitude else { return value < 0 ? .min : .max }
    let (quotient, remainder) = divisor.magnitude.dividingFullWidth(magnitude)
    let awayFromZero = remainder != 0 && roundUp != (value < 0)
    let rounded = quotient.addingReportingOverflow(awayFromZero ? 1 : 0)
    guard !rounded.overflow, rounded.partialValue <= Int64.max.magnitude else { return value < 0 ? .min : .max }
    return value < 0 ? -Int64(rounded.partialValue) : Int64(rounded.partialValue)
  }
}
