import Foundation
import ShowModel
import TestSupport
import Testing

@Suite struct LinkTokenTests {
  @Test("a token is 34 characters of base 32, begins with its id, and no two are the same")
  func fresh() {
    let tokens = (0..<2_000).map { _ in LinkToken() }
    for token in tokens {
      #expect(token.text.wholeMatch(of: /[a-z2-7]{34}/) != nil)
      #expect(token.id.count == 8 && token.text.hasPrefix(token.id))
      #expect(LinkToken(token.text)?.text == token.text && LinkToken(token.text)?.id == token.id)
    }
    #expect(Set(tokens.map(\.text)).count == tokens.count)
    for place in 0..<LinkToken.length {
      let characters = Set(tokens.map { Array($0.text.utf8)[place] })
      #expect(characters == Set(Base32.alphabet), "place \(place)")
    }
  }

  @Test("what is not exactly a token is none")
  func strict() {
    let good = LinkToken().text
    #expect(LinkToken(good) != nil)
    let stem = String(good.dropLast())
    let ends = ["", "A", "1", "8", "0", "/", " ", "é", "\u{0}", "aa", "a\n"]
    let bad = ends.map { stem + $0 } + ["", good.uppercased(), "é\(good.dropFirst(2))", "%61\(good.dropFirst())"]
    for text in bad { #expect(LinkToken(text) == nil) }
  }

  @Test("a token never describes itself")
  func privacy() {
    let token = LinkToken()
    let all = "\(token) \(String(reflecting: token)) \([token])" + "\(Mirror(reflecting: token).children.map { $0 })"
    #expect(!all.contains(token.text) && !all.contains(token.id))
  }

  @Test("base 32 is that of RFC 4648, in lower case")
  func vectors() {
    #expect(
      Base32.text(Array("fooba".utf8), count: 8) == "mzxw6ytb"
        && Base32.text(Array("foobar".utf8), count: 9) == "mzxw6ytbo")
    #expect(Base32.text([0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0], count: 16) == "77777777aaaaaaaa")
  }
}
