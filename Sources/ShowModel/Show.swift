/// A podcast, as its editor wrote it down in `show.yaml`.
package struct Show: Hashable, Codable, Sendable {
  package enum Kind: String, CaseIterable, Codable, Sendable {
    /// Newest first.
    case episodic
    /// From the first episode on.
    case serial
  }

  /// One of Apple's, with one of its subcategories where it has any: `Business`, `Careers`.
  package struct Category: Hashable, Codable, Sendable {
    package var name: String
    package var subcategory: String?

    package init(name: String, subcategory: String? = nil) {
      (self.name, self.subcategory) = (name, subcategory)
    }
  }

  package var title: String
  /// Plain text, at most 4,000 bytes in UTF-8.
  package var description: String
  /// Of ISO 639, with a region where one is meant: `fr`, `fr-FR`, `en`.
  package var language: String
  package var author: String
  /// Of who owns the show: for directories, in the public feed, and as who a message with a private link is from. Private
  /// elsewhere.
  package var email: PrivateText?
  package var categories: [Category]
  package var isExplicit: Bool
  package var kind: Kind
  package var copyright: String?
  /// Where the show is on the web, without a slash at the end: `https://podcast.example.org`.
  package var address: String
  /// A page of the show elsewhere; nil: the one at ``address``.
  package var website: String?
  /// Of a picture, beside `show.yaml`.
  package var artwork: String
  /// Of the Podcasting 2.0 namespace, once for life; nil: what follows from the address of the feed.
  package var guid: String?
  /// Forbids other platforms to import the show.
  package var isLocked: Bool
  package var sound: SoundSettings
  package var place: Place

  package init(
    title: String, description: String, language: String, author: String, email: PrivateText? = nil,
    categories: [Category], isExplicit: Bool = false, kind: Kind = .episodic, copyright: String? = nil,
    address: String, website: String? = nil, artwork: String, guid: String? = nil, isLocked: Bool = true,
    sound: SoundSettings = SoundSettings(), place: Place = Place(file: "show.yaml")
  ) {
    (self.title, self.description, self.language) = (title, description, language)
    (self.author, self.email, self.categories) = (author, email, categories)
    (self.isExplicit, self.kind, self.copyright) = (isExplicit, kind, copyright)
    (self.address, self.website, self.artwork) = (address, website, artwork)
    (self.guid, self.isLocked, self.sound, self.place) = (guid, isLocked, sound, place)
  }

  /// All but ``email``, which is private.
  private enum CodingKeys: CodingKey {
    case title, description, language, author, categories, isExplicit, kind, copyright, address, website, artwork, guid
    case isLocked, sound, place
  }

  /// How the sound of all episodes is covered and encoded.
  package struct SoundSettings: Hashable, Codable, Sendable {
    /// In kb/s, of the MP3.
    package var bitrate: Int
    package var isMono: Bool
    package var fill: Fill
    /// In seconds, as text: `0.1`. nil: the default of `podcast redact`.
    package var pad, shortest, join: String?

    package init(
      bitrate: Int = 96, isMono: Bool = false, fill: Fill = .bip, pad: String? = nil, shortest: String? = nil,
      join: String? = nil
    ) {
      (self.bitrate, self.isMono, self.fill) = (bitrate, isMono, fill)
      (self.pad, self.shortest, self.join) = (pad, shortest, join)
    }
  }
}
