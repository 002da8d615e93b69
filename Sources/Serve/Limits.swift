/// What the server takes from strangers, and what it keeps for them.
enum Limits {
  /// Of all header fields of a request; more is answered 431.
  static let headerBytes = 16 << 10
  /// Of header fields that are read at all: with more, the connection is closed.
  static let decodedHeaderBytes = 256 << 10
  /// No address that was ever published is longer.
  static let addressBytes = 256
  /// How much of a file is in memory for one download.
  static let pieceBytes = 64 << 10
  /// A connection on which nothing moved for so long is closed: also one whose listener reads nothing.
  static let idleSeconds: Int64 = 120
  /// Of the pages, feed and pictures, to be read whole.
  static let textBytes: Int64 = 64 << 20
  /// Files whose digest is remembered.
  static let knownFiles = 10_000
  /// Log lines that wait for a standard error that takes none; more are left out.
  static let waitingLines = 1_000
  static let connections = 4_096
  /// Of a form that is sent.
  static let formBytes = 16 << 10
  /// Requests for a link that are taken in an hour: of one sender, and of all.
  static let requestsOfOne = 5
  static let requestsAnHour = 100
  /// Pieces of downloads that wait to be counted; more are left out.
  static let waitingPieces = 100_000
}
