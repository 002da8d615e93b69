import Foundation
import ShowModel

/// What an output says of itself: what was given for it, and nothing of the source.
package struct Tags: Hashable, Sendable {
  package var title, artist, album, comment: String?
  /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601).
  package var date: String?

  /// MP3 alone takes one.
  package var artwork: Artwork?
  /// MP3 alone takes them; each with an end, in the order of their starts.
  package var chapters: [Chapter] = []

  package init(
    title: String? = nil, artist: String? = nil, album: String? = nil, date: String? = nil, comment: String? = nil,
    artwork: Artwork? = nil
  ) {
    self.title = title
    self.artist = artist
    self.album = album
    self.date = date
    self.comment = comment
    self.artwork = artwork
  }

  /// Before anything is written.
  /// - Throws: `EncodeError` where one of the outputs can't say this of itself.
  package func check(for formats: [OutputFormat]) throws {
    try check()
    for format in formats {
      if case .mp3 = format { continue }
      if artwork != nil { throw Self.onlyMP3("artwork", "--artwork", format) }
      if !chapters.isEmpty { throw Self.onlyMP3("chapters", "--chapters", format) }
    }
  }

  private static func onlyMP3(_ what: String, _ option: String, _ format: OutputFormat) -> EncodeError {
    EncodeError(
      .unsupported, problem: "only MP3 takes \(what), and an output is \(format.name)",
      remedy: "Leave out \(option), or write MP3 alone in this run.", exit: .usage)
  }

  /// - Throws: `EncodeError` `.badTag` for a date that is none, or text with a NUL.
  package func check() throws {
    if let date, date.wholeMatch(of: /\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?/) == nil {
      throw EncodeError(
        .badTag, problem: "the date is not understood", remedy: "Write it as 2026, 2026-11 or 2026-11-24.", exit: .usage
      )
    }
    let texts = [title, artist, album, comment] + chapters.flatMap { [$0.title, $0.url] }
    if texts.contains(where: { $0?.utf8.contains(0) == true }) {
      throw EncodeError(.badTag, problem: "a tag holds a NUL character", remedy: "Remove it.", exit: .usage)
    }
  }

  /// As ID3v2.3 with texts in UTF-16, without padding; nothing where there is nothing to say.
  package func id3v2() throws -> [UInt8] {
    guard self != Tags() else { return [] }
    try check()
    let tag = try ID3v2Tag()
    for case (let name, .some(let text)) in [("TIT2", title), ("TPE1", artist), ("TALB", album), ("TDRC", date)] {
      try tag.add(name, text)
    }
    if let comment { try tag.add(comment: comment) }
    if let artwork { try tag.add(cover: artwork) }
    for chapter in chapters { try tag.add(chapter) }
    return try tag.bytes()
  }
}
