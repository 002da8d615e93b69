import NIOCore

/// What the server takes from strangers, and what it keeps for them.
enum Limits {
  /// Of all header fields of a request; more is answered 431.
  static let headerBytes = 16 << 10
  /// Of header fields that are read at all: with more, the connection is closed.
  static let decodedHeaderBytes = 256 << 10
  /// Of the head of a request that is read without the library.
  static let plainHeadBytes = 4 << 10
  /// No address that was ever published is longer.
  static let addressBytes = 256
  /// How much of a file is in memory for one download.
  static let pieceBytes = 64 << 10
  /// With more that a listener has not taken, nothing is answered at once.
  static let unsentBytes = ChannelOptions.Types.WriteBufferWaterMark(low: pieceBytes, high: 4 * pieceBytes)
  /// A connection on which nothing moved for so long is closed: also one whose listener reads nothing.
  static let idle = Duration.seconds(120)
  /// Of the pages, feed and pictures, to be read whole.
  static let textBytes: Int64 = 64 << 20
  /// Files whose digest is remembered.
  static let knownFiles = 10_000
  /// Decisions that are remembered until the catalogue changes.
  static let admissions = 20_000
  /// Apps that are remembered by their digests.
  static let apps = 256
  /// Log lines that wait for a standard error that takes none; more are left out.
  static let waitingLines = 1_000
  static let connections = 4_096
  /// Of new connections, before the others get their turn.
  static let acceptedAtOnce: UInt = 256
  /// Of a form that is sent.
  static let formBytes = 16 << 10
  /// Requests for a link that are taken in an hour: of one sender, and of all.
  static let requestsOfOne = 5
  static let requestsAnHour = 100
  /// How long pieces of downloads are gathered before they are counted.
  static let countingSeconds = 10.0
  /// Downloads that wait to be counted; more are left out.
  static let waitingPieces = 100_000
}
