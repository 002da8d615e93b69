/// A kind of thing that a sound file may say besides its sound. A closed list, because reports show it: the name that
/// somebody gave to a field of their own may name a person.
package enum TagKind: String, CaseIterable, Sendable {
  case title, artist, album, comment, date, genre, composer, performer, publisher, copyright, lyrics, description
  case chapter, picture, bext, iXML, cart, XMP, link
  case albumArtist = "album artist"
  case encodedBy = "encoded by"
  case cueLabel = "cue label"
  case pictureName = "picture name"
  case privateObject = "private object"
  case software = "program"
  /// Loudness or peak, as a program measured them.
  case measure = "loudness"
  /// Names the sound, not a person: its length, its number in a series.
  case technical
  case other = "other tag"

  /// Whether it is said of the sound or of a program, not of a person.
  package var isTechnical: Bool { [.software, .measure, .technical].contains(self) }
}

/// What a sound file says besides its sound. Private: it names people, and so never describes itself.
package struct FoundTags: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package struct Text: Hashable, Sendable {
    package let kind: TagKind
    package let text: PrivateText

    package init(_ kind: TagKind, _ text: String) {
      self.kind = kind
      self.text = PrivateText(text)
    }
  }

  package var texts: [Text]
  /// As they are embedded: JPEG, PNG, ….
  package var pictures: [[UInt8]]
  /// Of ID3v2 alone, with their times; their titles are in ``texts`` as well, with those of other tags.
  package var chapters: [Chapter] = []
  /// What stands around the sound, as it is written: also what no reader of tags knows.
  package var surroundings: [UInt8]
  /// Whether all was read that is there.
  package var isComplete: Bool

  package init(
    texts: [Text] = [], pictures: [[UInt8]] = [], surroundings: [UInt8] = [], isComplete: Bool = true
  ) {
    self.texts = texts
    self.pictures = pictures
    self.surroundings = surroundings
    self.isComplete = isComplete
  }

  package var description: String { "(private)" }
  package var debugDescription: String { "(private)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
