import Foundation

/// A private link: who it was given to, for what and until when. Its secret is nowhere but in the address that was sent.
package struct PrivateLink: Hashable, Sendable {
  /// What it opens.
  package enum Scope: Hashable, Sendable {
    /// One episode, by its slug.
    case episode(String)
    /// Every episode, as a feed.
    case feed
  }

  /// Withdrawal is not among them: it belongs to the publication.
  package enum State: String, Hashable, Sendable {
    case open, expired, revoked
    /// Another one has taken its place, and the time in which both were open is over.
    case rotated
    case usedUp = "used up"
  }

  /// Public: eight characters of base 32.
  package var id: String
  package var scope: Scope
  /// The pseudonym of who has it.
  package var name: PrivateText
  package var reason: PrivateText?
  package var granted: Date
  /// From then on it opens nothing; of a rotated link, the end of the overlap.
  package var expires: Date?
  /// From 1 on.
  package var maxDownloads: Int?
  package var revoked: Date?
  /// The id of the link that rotation put in its place.
  package var replacedBy: String?
  /// Counted so far (IAB Podcast Measurement 2.1): a minute of sound or more, once an episode, app and day.
  package var downloads: Int

  package init(
    id: String, scope: Scope, name: PrivateText, reason: PrivateText? = nil, granted: Date, expires: Date? = nil,
    maxDownloads: Int? = nil, revoked: Date? = nil, replacedBy: String? = nil, downloads: Int = 0
  ) {
    (self.id, self.scope, self.name, self.reason) = (id, scope, name, reason)
    (self.granted, self.expires, self.maxDownloads) = (granted, expires, maxDownloads)
    (self.revoked, self.replacedBy, self.downloads) = (revoked, replacedBy, downloads)
  }

  /// - Note: A used-up link still has to let the last download it counted come to its end.
  package func state(at date: Date) -> State {
    if revoked != nil { return .revoked }
    if let expires, expires <= date { return replacedBy == nil ? .expired : .rotated }
    if let maxDownloads, downloads >= maxDownloads { return .usedUp }
    return .open
  }
}
