import Foundation

/// An episode, as its editor wrote it down in `episodes/<slug>/episode.yaml`. Its files lie beside that.
package struct Episode: Hashable, Codable, Sendable {
  package enum Kind: String, CaseIterable, Codable, Sendable { case full, trailer, bonus }

  /// The name of its folder: lower-case letters of ASCII, digits and hyphens.
  package var slug: String
  package var title: String
  /// Plain text, at most 4,000 bytes in UTF-8.
  package var description: String
  /// nil: when it is published.
  package var date: Date?
  package var number, season: Int?
  package var kind: Kind
  /// nil: as the show.
  package var isExplicit: Bool?
  /// Paths beside `episode.yaml`. What is private, such as a list of ranges, never leaves the house.
  package var sound: String
  /// None only where the editor wrote so.
  package var ranges: [String]
  package var artwork, chapters, transcript: String?
  package var place: Place

  package init(
    slug: String, title: String, description: String, date: Date? = nil, number: Int? = nil, season: Int? = nil,
    kind: Kind = .full, isExplicit: Bool? = nil, sound: String, ranges: [String], artwork: String? = nil,
    chapters: String? = nil, transcript: String? = nil, place: Place
  ) {
    (self.slug, self.title, self.description, self.date) = (slug, title, description, date)
    (self.number, self.season, self.kind, self.isExplicit) = (number, season, kind, isExplicit)
    (self.sound, self.ranges) = (sound, ranges)
    (self.artwork, self.chapters, self.transcript, self.place) = (artwork, chapters, transcript, place)
  }
}
