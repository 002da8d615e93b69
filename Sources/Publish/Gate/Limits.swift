/// How large a feed may be. None that people listen to comes near.
enum PublishLimits {
  static let feedBytes = 64 << 20
  /// Elements in elements.
  static let depth = 64
  /// Of Apple; in UTF-8.
  static let descriptionBytes = 4_000
  /// Of the podcast namespace, for one line of text.
  static let lineCharacters = 128
  static let txtCharacters = 4_000
}
