import Foundation

/// Sound that was covered and encoded, and what it was made of: all of them digests (SHA-256, lower-case hexadecimal).
package struct Build: Hashable, Sendable {
  package var slug: String
  /// Of the recording, of all lists of ranges, and of everything else that decides about the bytes.
  package var soundDigest, rangesDigest, settingsDigest: String
  /// Of the MP3.
  package var digest: String
  package var byteCount: Int64
  package var milliseconds: Int64
  package var date: Date

  package init(
    slug: String, soundDigest: String, rangesDigest: String, settingsDigest: String, digest: String,
    byteCount: Int64, milliseconds: Int64, date: Date
  ) {
    (self.slug, self.soundDigest, self.rangesDigest) = (slug, soundDigest, rangesDigest)
    (self.settingsDigest, self.digest) = (settingsDigest, digest)
    (self.byteCount, self.milliseconds, self.date) = (byteCount, milliseconds, date)
  }

  /// Whether it is what these would give again.
  package func isMade(ofSound sound: String, ranges: String, settings: String) -> Bool {
    (soundDigest, rangesDigest, settingsDigest) == (sound, ranges, settings)
  }
}

package enum Audience: String, CaseIterable, Sendable {
  /// In the feed, for everybody.
  case everybody
  /// For who has a link.
  case invited
}

/// An episode that was given to its audience.
package struct Publication: Hashable, Sendable {
  package var slug: String
  /// Of the item in the feed; never changes.
  package var guid: String
  package var audience: Audience
  package var published: Date
  /// From then on its addresses answer 410.
  package var withdrawn: Date?
  /// The last one is heard; the addresses of those before answer 410.
  package var revisions: [Revision]

  package init(
    slug: String, guid: String, audience: Audience, published: Date, withdrawn: Date? = nil, revisions: [Revision]
  ) {
    (self.slug, self.guid, self.audience) = (slug, guid, audience)
    (self.published, self.withdrawn, self.revisions) = (published, withdrawn, revisions)
  }

  package struct Revision: Hashable, Sendable {
    /// From 1 on.
    package var number: Int
    /// Of the MP3, SHA-256 in lower-case hexadecimal digits.
    package var digest: String
    package var byteCount: Int64
    package var milliseconds: Int64
    package var published: Date

    package init(number: Int, digest: String, byteCount: Int64, milliseconds: Int64, published: Date) {
      (self.number, self.digest, self.byteCount) = (number, digest, byteCount)
      (self.milliseconds, self.published) = (milliseconds, published)
    }

    /// Below `public/`. It changes with the sound and with each time that it is published: an old address never plays
    /// what it must not play any more.
    package func path(_ slug: String) -> String { "media/\(slug)/\(digest.prefix(16))r\(number).mp3" }
  }

  /// What is heard now; nil where it was withdrawn.
  package var current: Revision? { withdrawn == nil ? revisions.last : nil }

  package var isHeardByEverybody: Bool { audience == .everybody && current != nil }
}
