import CLame
import Foundation

/// What an output says of itself: what was given for it, and nothing of the source.
package struct Tags: Hashable, Sendable {
  package var title, artist, album, comment: String?
  /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601).
  package var date: String?

  /// MP3 alone takes one.
  package var artwork: Artwork?

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
    guard artwork != nil else { return }
    for format in formats {
      if case .mp3 = format { continue }
      throw EncodeError(
        .unsupported, problem: "only MP3 takes artwork, and an output is \(format.name)",
        remedy: "Leave out --artwork, or write MP3 alone in this run.", exit: .usage)
    }
  }

  /// - Throws: `EncodeError` `.badTag` for a date that is none, or text with a NUL.
  package func check() throws {
    if let date, date.wholeMatch(of: /\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?/) == nil {
      throw EncodeError(
        .badTag, problem: "the date is not understood", remedy: "Write it as 2026, 2026-11 or 2026-11-24.", exit: .usage
      )
    }
    if [title, artist, album, comment].contains(where: { $0?.utf8.contains(0) == true }) {
      throw EncodeError(.badTag, problem: "a tag holds a NUL character", remedy: "Remove it.", exit: .usage)
    }
  }

  /// As ID3v2.3 through libmp3lame's `id3tag_` functions, in UTF-16; empty where there is nothing to say.
  package func id3v2() throws -> [UInt8] {
    guard self != Tags() else { return [] }
    guard let handle = lame_init() else { throw Self.refused() }
    defer { lame_close(handle) }
    try apply(to: handle)
    let size = lame_get_id3v2_tag(handle, nil, 0)
    guard size > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = min(size, lame_get_id3v2_tag(handle, buffer.baseAddress, size))
    }
  }

  private func apply(to handle: lame_t) throws {
    try check()
    id3tag_init(handle)
    id3tag_v2_only(handle)
    var frames: [(String, String?)] = [("TIT2", title), ("TPE1", artist), ("TALB", album)]
    if let date {
      let parts = date.split(separator: "-")
      frames.append(("TYER", String(parts[0])))
      if parts.count == 3 { frames.append(("TDAT", String(parts[2] + parts[1]))) }
    }
    for case (let name, .some(let text)) in frames {
      guard id3tag_set_textinfo_utf16(handle, name, Self.utf16(text)) == 0 else { throw Self.refused() }
    }
    if let comment {
      guard id3tag_set_comment_utf16(handle, "XXX", Self.utf16(""), Self.utf16(comment)) == 0 else {
        throw Self.refused()
      }
    }
    if let artwork {
      let status = artwork.bytes.withUnsafeBytes {
        id3tag_set_albumart(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
      }
      guard status == 0 else { throw Self.refused() }
    }
  }

  private static func utf16(_ text: String) -> [UInt16] { [0xfeff] + Array(text.utf16) + [0] }

  private static func refused() -> EncodeError {
    EncodeError(.badTag, problem: "a tag can't be written", remedy: "Use shorter and plainer text.", exit: .usage)
  }
}
