import Foundation
import ShowModel

/// An episode in a feed: what its editor wrote, and the addresses under which this feed's readers find it.
package struct FeedItem: Hashable, Codable, Sendable {
  package var episode: Episode
  /// Never changes, whatever becomes of the sound.
  package var guid: String
  package var published: Date
  package var enclosure: Enclosure
  /// How long the sound lasts.
  package var milliseconds: Int64
  /// The address of its page.
  package var page: String
  /// The address of a picture of its own.
  package var artwork: String?
  /// The address of its chapters, in the JSON of Podcasting 2.0.
  package var chapters: String?
  package var transcript: Transcript?

  package init(
    episode: Episode, guid: String, published: Date, enclosure: Enclosure, milliseconds: Int64, page: String,
    artwork: String? = nil, chapters: String? = nil, transcript: Transcript? = nil
  ) {
    (self.episode, self.guid, self.published) = (episode, guid, published)
    (self.enclosure, self.milliseconds, self.page) = (enclosure, milliseconds, page)
    (self.artwork, self.chapters, self.transcript) = (artwork, chapters, transcript)
  }

  /// With addresses in place of what it has: where it has the paths of files, `file` says theirs.
  package func located(page: String, sound: String, file: (String) -> String) -> FeedItem {
    var item = self
    (item.page, item.enclosure.address) = (page, sound)
    item.artwork = artwork.map(file)
    item.chapters = chapters.map(file)
    item.transcript = transcript.map { Transcript(address: file($0.address), type: $0.type) }
    return item
  }

  /// The sound.
  package struct Enclosure: Hashable, Codable, Sendable {
    package var address: String
    package var byteCount: Int64
    /// SHA-256 in lower-case hexadecimal digits.
    package var digest: String
    package var type: String

    package init(address: String, byteCount: Int64, digest: String, type: String = "audio/mpeg") {
      (self.address, self.byteCount, self.digest, self.type) = (address, byteCount, digest, type)
    }
  }

  package struct Transcript: Hashable, Codable, Sendable {
    package var address: String
    /// `text/vtt`, `application/x-subrip`, `text/plain`, `text/html` or `application/json`.
    package var type: String

    package init(address: String, type: String) { (self.address, self.type) = (address, type) }
  }
}
