/// How much of a picture is taken before it is refused.
enum EncodeLimits {
  /// It travels with every download of an episode; directories of podcasts want less than half of this.
  static let artworkBytes = 2 << 20
  static let artworkSegments = 10_000
}
