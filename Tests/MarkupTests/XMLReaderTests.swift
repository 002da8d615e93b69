import Markup
import Testing

@Suite struct XMLReaderTests {
  @Test("elements, attributes and text are told as they stand, with namespaces for prefixes")
  func namespaces() throws {
    let text = """
      <?xml version="1.0" encoding="latin1"?>
      <a xmlns="urn:1" xmlns:x="urn:2" b="1 &amp; 2"
        x:c="é">
        <x:d>un<![CDATA[ & ]]>deux</x:d></a>
      """
    let seen = Seen()
    try XMLReader.read(Array(text.utf8), namespaces: true, seen)
    #expect(seen.tags.map(\.name.local) == ["a", "d"])
    #expect(seen.tags.map(\.name.namespace) == ["urn:1", "urn:2"])
    #expect(seen.tags.map(\.name.qualified) == ["a", "x:d"])
    #expect(seen.tags.map(\.line) == [2, 4])
    #expect(seen.tags[0].attributes == ["b": "1 & 2", "x:c": "é"])
    #expect(seen.text.filter { !$0.isWhitespace } == "un&deux")
    #expect(seen.depth == 0)
  }

  @Test("without namespaces, a prefix that nobody declared is part of the name")
  func prefixes() throws {
    let seen = Seen()
    try XMLReader.read(Array("<x:a><x:b c='1'/></x:a>".utf8), namespaces: false, seen)
    #expect(seen.tags.map(\.name.local) == ["x:a", "x:b"])
    #expect(throws: XMLReader.Fault(line: 1)) {
      try XMLReader.read(Array("<x:a/>".utf8), namespaces: true, Seen())
    }
  }

  @Test(
    "nothing from outside is read, nothing is expanded, and what is broken is refused with its line",
    arguments: [
      ("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]>\n<a>&b;</a>", 1),
      ("\n<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>", 2),
      ("<!DOCTYPE a SYSTEM 'http://localhost/a.dtd'><a/>", 1), ("<a>\n&b;</a>", 2), ("<a>\n<b></a>", 2), ("", 1),
      ("<a/>\n<a/>", 2), ("<a b='1' b='2'/>", 1), ("<a>\u{1}</a>", 1), ("<a>\n", 2),
    ])
  func hostile(text: String, line: Int) {
    let seen = Seen()
    #expect(throws: XMLReader.Fault(line: line)) { try XMLReader.read(Array(text.utf8), namespaces: true, seen) }
    #expect(seen.text.filter { !$0.isWhitespace } == "")
  }

  @Test("what is no UTF-8 is refused")
  func encoding() {
    #expect(throws: XMLReader.Fault.self) {
      try XMLReader.read(Array("<a>".utf8) + [0xE9] + Array("</a>".utf8), namespaces: true, Seen())
    }
  }

  @Test("who listens can end it, and is told nothing more")
  func stopped() {
    struct Enough: Error, Equatable {}
    let seen = Seen()
    seen.check = { if $0.name.local == "b" { throw Enough() } }
    #expect(throws: Enough()) { try XMLReader.read(Array("<a><b/>text</a>".utf8), namespaces: true, seen) }
    #expect(seen.tags.map(\.name.local) == ["a"] && seen.text == "" && seen.depth == 1)
  }
}

private final class Seen: XMLEvents {
  var tags: [XMLStartTag] = []
  var text = ""
  var depth = 0
  var check: (XMLStartTag) throws -> Void = { _ in }

  func start(_ tag: XMLStartTag) throws {
    try check(tag)
    tags.append(tag)
    depth += 1
  }

  func end() { depth -= 1 }

  func text(_ text: String) { self.text += text }
}
