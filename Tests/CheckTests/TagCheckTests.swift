import Redact
import ShowModel
import Testing

@Suite struct TagCheckTests {
  private func cameOver(_ text: String, _ kind: TagKind = .title, to redacted: FoundTags) -> [TagKind] {
    TagCheck(redacted).report(on: FoundTags(texts: [FoundTags.Text(kind, text)])).cameOver
  }

  private func said(_ text: String) -> FoundTags { FoundTags(texts: [FoundTags.Text(.other, text)]) }

  @Test("a text is found in another field, in a longer text, in other letters, and as ID3v1 cuts it")
  func found() {
    #expect(cameOver("Mickaël", to: said("Mickaël")) == [.title])
    #expect(cameOver(" Mickaël ", .comment, to: said("un message de MICKAEL, technicien")) == [.comment])
    let long = "Un message de Mickaël, technicien fibre à Pont-Sauvin"
    #expect(cameOver(long, to: said(String(long.prefix(29)))) == [.title])
  }

  @Test("a part of a word, a short text, a rate, a program and a year are not what came over")
  func notFound() {
    #expect(cameOver("Anne", to: said("Annexe")).isEmpty)
    #expect(cameOver("Al", to: said("Al")).isEmpty)
    for shared in ["44100", "2026", "LAME 64bits version 3.100", "Lavf59.27.100", "12/40"] {
      #expect(cameOver(shared, to: said(shared)).isEmpty)
    }
    #expect(cameOver("Encodeur", .technical, to: said("Encodeur")).isEmpty)
    #expect(cameOver("06 39 98 14 27", .cueLabel, to: said("06 39 98 14 27")) == [.cueLabel])
  }

  @Test("a text is found in bytes that no reader knows, whether UTF-8, UTF-16 or Windows-1252")
  func raw() {
    let text = "Le routeur de Pont-Sauvin, épisode"
    let utf16 = Array(text.utf16)
    let windows = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    for bytes in [
      Array(text.utf8), utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, windows,
    ] {
      let around = FoundTags(surroundings: [1, 2, 3] + bytes + [4])
      #expect(cameOver(text, to: around) == [.title])
    }
  }

  @Test("a picture is found as it is, and inside other bytes")
  func picture() {
    let picture = (0..<500).map { UInt8(truncatingIfNeeded: $0 * $0 / 3) }
    let original = FoundTags(pictures: [picture])
    for redacted in [FoundTags(pictures: [picture]), FoundTags(surroundings: [7] + picture + [7])] {
      #expect(TagCheck(redacted).report(on: original).cameOver == [.picture])
    }
    #expect(TagCheck(FoundTags(pictures: [picture + [1]])).report(on: original).isClean)
  }

  @Test("what could not be read is no pass; and tags never describe themselves")
  func incomplete() {
    let unread = FoundTags(texts: [FoundTags.Text(.title, "Mickaël")], isComplete: false)
    #expect(!TagCheck(FoundTags()).report(on: unread).isClean)
    var dumped = ""
    dump(unread, to: &dumped)
    #expect(!("\(unread)" + String(reflecting: unread) + dumped).contains("Micka"))
  }
}
