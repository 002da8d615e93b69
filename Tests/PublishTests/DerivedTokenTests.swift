import Foundation
import Publish
import ShowModel
import TestSupport
import Testing

@Suite struct DerivedTokenTests {
  private static let key = LinkKey(bytes: Array(0..<32)) ?? LinkKey()

  private func text(_ id: String = "abcdefgh", _ slug: String = "042-reseau", _ digest: String = "0a1b") -> String {
    DerivedToken.text(id: id, slug: slug, revision: digest, key: Self.key)
  }

  @Test("the derived token is what another program makes of the same key", .enabled(if: Tools.here("python3")))
  func reference() throws {
    let script = """
      import hmac, base64
      code = hmac.new(bytes(range(32)), b"podcast sound\\nabcdefgh\\n042-reseau\\n0a1b", "sha256").digest()
      print("abcdefgh" + base64.b32encode(code).decode().lower()[:26])
      """
    let ended = try Tool.run("/usr/bin/env", ["python3", "-c", script])
    #expect(ended.outputText == text() + "\n")
  }

  @Test("it changes with the link, the episode, the sound and the key")
  func different() {
    let others = [
      text(), text("abcdefgi"), text("abcdefgh", "042-resea"), text("abcdefgh", "042-reseau", "0a1c"),
      DerivedToken.text(id: "abcdefgh", slug: "042-reseau", revision: "0a1b", key: LinkKey()),
    ]
    #expect(Set(others).count == others.count)
    #expect(Set(others.map { $0.dropFirst(8) }).count == others.count)
  }

  @Test("only the right token is right")
  func right() throws {
    let token = try #require(LinkToken(text()))
    func isRight(_ token: LinkToken, _ slug: String = "042-reseau", _ digest: String = "0a1b") -> Bool {
      DerivedToken.isRight(token, slug: slug, revision: digest, key: Self.key)
    }
    #expect(isRight(token) && !isRight(token, "043-suite") && !isRight(token, "042-reseau", "ffff"))
    #expect(!isRight(LinkToken()))
    for place in 0..<LinkToken.length {
      var bytes = Array(token.text.utf8)
      bytes[place] = bytes[place] == 0x61 ? 0x62 : 0x61
      let changed = try #require(LinkToken(String(decoding: bytes, as: UTF8.self)))
      #expect(!isRight(changed), "place \(place)")
    }
  }

  @Test("the digest of a token is SHA-256 of its text, and fits no other token")
  func digest() throws {
    let token = try #require(LinkToken(String(repeating: "a", count: 34)))
    #expect(token.digest == "a27c896c4859204843166af66f0e902b9c3b3ed6d2fd13d435abc020065c526f")
    #expect(token.isRight(for: token.digest) && !LinkToken().isRight(for: token.digest))
    #expect(!token.isRight(for: "") && !token.isRight(for: token.digest.uppercased()))
  }

  @Test("a key has 32 bytes, is never the same twice, and never describes itself")
  func keys() {
    #expect(LinkKey(bytes: []) == nil && LinkKey(bytes: Array(0..<31)) == nil && LinkKey(bytes: Array(0..<33)) == nil)
    #expect(Self.key.bytes == Array(0..<32) && LinkKey().bytes.count == 32 && LinkKey().bytes != LinkKey().bytes)
    #expect("\(Self.key) \(String(reflecting: Self.key))" == "(private) (private)")
    #expect(Mirror(reflecting: Self.key).children.isEmpty)
  }
}
