/// How much of what strangers send is kept.
package enum Limits {
  /// Requests for a link that nobody has answered yet.
  package static let openRequests = 500
  /// In bytes of UTF-8, of what a request says.
  package static let wantedBytes = 500
  package static let nameBytes = 500
  package static let contactBytes = 500
  package static let messageBytes = 4_000
}
