/// Frames per second, in hertz. A *frame* is one sample on every channel.
package struct SampleRate: Hashable, Comparable, Sendable {
  /// What this program works with: 8 kHz telephone sound up to 192 kHz studio sound.
  package static let supported = 8_000...192_000

  /// What video and most recorders use: 48 kHz.
  package static let usual = SampleRate(known: 48_000)

  package let hertz: Int

  private init(known hertz: Int) { self.hertz = hertz }

  /// - Returns: nil where `hertz` is outside ``supported``.
  package init?(hertz: Int) {
    guard Self.supported.contains(hertz) else { return nil }
    self.hertz = hertz
  }

  package static func < (left: Self, right: Self) -> Bool { left.hertz < right.hertz }
}
