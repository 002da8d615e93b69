import PCM
import ShowModel

/// How much more than the marked ranges is covered, and with what.
///
/// The defaults stand against what is known of covers that were too tight: people mark names late and short, speech
/// inpainting rebuilds gaps up to 0.4 s, and the length of a bip hints at the length of a name.
package struct CoverSettings: Hashable, Sendable {
  /// Added on each side of a range.
  package var pad: MediaTime
  /// A shorter cover is widened evenly to this.
  package var shortest: MediaTime
  /// Covers with less than this between them become one.
  package var join: MediaTime
  /// What is heard where a range does not say.
  package var fill: Fill

  package init(
    pad: MediaTime = MediaTime(milliseconds: 100), shortest: MediaTime = MediaTime(milliseconds: 500),
    join: MediaTime = MediaTime(milliseconds: 300), fill: Fill = .bip
  ) {
    self.pad = pad
    self.shortest = shortest
    self.join = join
    self.fill = fill
  }

  /// Only what was marked, to the frame.
  package static func exact(fill: Fill = .bip) -> CoverSettings {
    CoverSettings(pad: .zero, shortest: .zero, join: .zero, fill: fill)
  }
}
