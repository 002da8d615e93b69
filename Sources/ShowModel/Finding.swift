import PCM

/// Something in a sound file that gives away more than its sound, and than the tags that players show.
package struct Finding: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case id3v1 = "ID3v1 tag"
    case ape = "APE tag"
    case lyrics3 = "Lyrics3 tag"
    case secondTag = "second ID3v2 tag"
    case padding = "bytes in the padding of a tag"
    case privateFrame = "private frame"
    case unusualField = "field that players seldom show"
    case lyrics
    case software = "name of a program"
    case encodedBy = "name of who encoded it"
    case path = "path, computer or address"
    case measure = "measure of the sound"
    case bext, iXML, XMP, cart
    case label = "cue label"
    case chunk = "chunk that is no sound"
    case picture = "picture that carries more than it shows"
    case thumbnail = "picture inside a picture"
    case pictureName = "picture name"
    case outside = "bytes outside the sound"
    case ancillary = "bytes that belong to no sound"
    case unread = "part that could not be read"
  }

  package let kind: Kind
  /// Where it begins, in bytes; nil where that is not known.
  package let offset: Int64?
  /// In bytes, where that is known.
  package let length: Int64?
  /// The sound beside it, where there is any.
  package let time: MediaTime?
  /// What it says, for the owner's eyes.
  package let content: PrivateText?

  package init(
    _ kind: Kind, at offset: Int64? = nil, length: Int64? = nil, time: MediaTime? = nil, content: String? = nil
  ) {
    self.kind = kind
    self.offset = offset
    self.length = length
    self.time = time
    self.content = content.map(PrivateText.init)
  }

  /// What to do: a whole sentence. `podcast redact` is one way to write a file anew: none of this comes over.
  package var remedy: String {
    switch kind {
    case .measure: "Covered sound may have set it: write the file anew with an encoder that does not measure."
    case .ancillary, .outside, .padding, .chunk: "Write the file anew."
    case .picture, .thumbnail: "Save the picture without EXIF and thumbnail."
    case .path: "Write something else there, or leave the field out."
    case .unread: "Look at it with another program, or write the file anew."
    default: "Remove it in a tag editor, or write the file anew."
    }
  }
}
