import Foundation
import Publish
import ShowModel
import TestSupport
import Testing

@Suite struct EscapingTests {
  private static let texts: [(name: String, text: String, read: String?)] = [
    ("ampersands", "R&D && <b>R&amp;D</b>", nil),
    ("the end of a CDATA section", "a ]]> b <![CDATA[ c ]]]]><![CDATA[>", nil),
    ("markup", "</title></item><script>alert('x')</script><!-- --> <?xml?>", nil),
    ("quotes", "\"l'été\" « guillemets » “quotes”", nil),
    ("emoji", "👩🏽‍🔧 📞 🇫🇷 e\u{301}", nil),
    ("right-to-left text", "שלום \u{200f}مرحبا\u{200e} \u{2067}עברית\u{2069}", nil),
    ("lines", "one\n\ttwo\r\nthree\rfour", nil),
    ("control characters", "a\u{0}b\u{1}\u{b}c\u{1f}d\u{7f}\u{85}e", "a b  c d\u{7f}\u{85}e"),
    (
      "code points that are no characters", "a\u{fffe}b\u{ffff}c\u{fffd}\u{ffee}\u{10ffff}",
      "a b c\u{fffd}\u{ffee}\u{10ffff}"
    ),
    ("4,000 bytes", String(repeating: "é&<>\"", count: 666) + "aaaa", nil),
    ("nothing", "", nil),
  ]

  private static func feed(_ text: String) -> Feed {
    var feed = Sample.publicFeed
    feed.items = [feed.items[1]]
    feed.items[0].episode.title = text
    feed.items[0].episode.description = text
    feed.items[0].page = text
    // In an attribute.
    feed.items[0].transcript = FeedItem.Transcript(address: text, type: text)
    return feed
  }

  @Test("every text comes back as it was, from elements and attributes", arguments: texts.indices)
  func foundation(index: Int) throws {
    let (_, text, read) = Self.texts[index]
    let items = try ReadBack.elements("item", in: Self.feed(text).xml())
    for name in ["title", "description", "link", "podcast:transcript@url", "podcast:transcript@type"] {
      #expect(items.first?[name] ?? "" == read ?? text, "\(name) of \(Self.texts[index].name)")
    }
  }

  @Test("xmllint reads the same", .enabled(if: Tools.here("xmllint")))
  func xmllint() throws {
    let folder = try Folder()
    for (name, text, read) in Self.texts {
      try folder.write(Self.feed(text).xml(), "feed.xml")
      for path in ["//item/title", "//item/description", "//item/*[local-name()='transcript']/@url"] {
        // xmllint ends what it prints with a line end.
        let output = try folder.run("xmllint", "--nonet", "--xpath", "string(\(path))", "feed.xml")
        #expect(output == Array(((read ?? text) + "\n").utf8), "\(path) of \(name)")
      }
    }
  }

  @Test("any characters at all give a feed that is well-formed")
  func anything() throws {
    var random = Seeded(4)
    for _ in 0..<300 {
      let scalars = (0..<40).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x80 : 0x1_0ffff), using: &random))
      }
      let text = String(String.UnicodeScalarView(scalars))
      #expect(try ReadBack.elements("item", in: Self.feed(text).xml()).count == 1)
    }
  }

  @Test("what is changed is changed wherever it stands, and nothing else is")
  func everyPlace() throws {
    let changes = [
      "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\u{1f}": " ", "\u{ffff}": " ", "'": "'", "\"": "\"",
      "\t": "\t", "\u{7f}": "\u{7f}", "\u{80}": "\u{80}", "\u{fffd}": "\u{fffd}", "\u{ef}": "\u{ef}", " ": " ",
    ]
    for (character, written) in changes {
      for (before, after) in (0..<26).map({ ($0, 25 - $0) }) + (0..<9).map({ ($0, 0) }) {
        let (start, end) = (String(repeating: "é", count: before), String(repeating: "z", count: after))
        let feed = String(decoding: Self.feed(start + character + end).xml(), as: UTF8.self)
        #expect(feed.contains("<title>\(start)\(written)\(end)</title>"), "\(character.debugDescription) at \(before)")
      }
    }
  }
}
