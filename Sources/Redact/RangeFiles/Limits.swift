/// How much of a range file is taken before it is refused: far more than anybody marks.
enum RangeLimits {
  static let bytes = 16 << 20
  static let ranges = 100_000
  static let chunks = 100_000
  static let chunkBytes = 8 << 20
}
