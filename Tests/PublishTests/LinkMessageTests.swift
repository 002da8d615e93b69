import Foundation
import Publish
import ShowModel
import TestSupport
import Testing

@Suite struct LinkMessageTests {
  private static let day = Date(timeIntervalSince1970: 1_795_536_000)
  private static let token = LinkToken("gvghgnxiri5mctkgimxr3dyhadcnidl3r2") ?? LinkToken()
  /// Titles and the like that a mail has to carry as they are.
  static let texts = [
    "Réseau ouvert", "A & B <c> \"d\" 'e' = ? _ =C3=A9", "🎧👩‍🔧 l’été", "שלום עולם", "\u{202b}مرحبا\u{202c}", "", "   ",
    "=?utf-8?Q?not_a_word?=", ".", "From here", String(repeating: "é", count: 2_000),
    String(repeating: "👩‍🔧", count: 363), String(repeating: "x", count: 4_000), "a, b; c: <d@e> (f) \\ \"",
  ]

  private func show(_ title: String = "Sur la ligne", language: String = "fr") -> Show {
    var show = Show(
      title: title, description: "d", language: language, author: "Section syndicale", categories: [],
      address: "https://podcast.example.org", artwork: "a.png")
    show.email = PrivateText("contact@example.org")
    return show
  }

  private func message(
    _ show: Show, episode: String? = nil, expires: TimeInterval? = nil, maxDownloads: Int? = nil
  ) -> LinkMessage {
    let link = PrivateLink(
      id: Self.token.id, scope: .feed, name: PrivateText("SECRET-NAME"), reason: PrivateText("SECRET-REASON"),
      granted: Self.day, expires: expires.map(Self.day.addingTimeInterval), maxDownloads: maxDownloads)
    return LinkMessage(link, Self.token, of: show, episode: episode, language: show.language, zone: .gmt)
  }

  @Test("the messages are what was reviewed, and name nobody", arguments: ["fr", "en"])
  func goldens(language: String) throws {
    let all = [
      message(show(language: language), episode: "Le réseau", expires: 30 * 86_400, maxDownloads: 1),
      message(show(language: language), expires: 8 * 3_600, maxDownloads: 3), message(show(language: language)),
    ]
    let text = all.map { "\($0.subject)\n\n\($0.text)" }.joined(separator: "\n----\n\n")
    #expect(try text == Golden.text("Goldens/link-message-\(language).txt", now: text))
    #expect(!text.contains("SECRET"))
  }

  @Test("a mail program reads what was written, whatever stands in a title", .enabled(if: Tools.here("python3")))
  func mail() throws {
    let script = """
      import sys, email, email.policy, json
      m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
      print(json.dumps([m["Subject"], m["From"].addresses and m["From"].addresses[0].addr_spec, m.get_content(),
        sorted(m.keys()), [str(d) for d in m.defects]]))
      """
    for title in Self.texts {
      let message = message(show(), episode: title)
      let bytes = MailMessage.bytes(message, from: show(), at: Self.day)
      let ended = try Tool.run("/usr/bin/env", ["python3", "-c", script], input: bytes)
      let read = try #require(try JSONSerialization.jsonObject(with: Data(ended.output)) as? [Any])
      #expect(read[0] as? String == message.subject)
      #expect(read[1] as? String == "contact@example.org")
      #expect((read[2] as? String)?.replacingOccurrences(of: "\r\n", with: "\n") == message.text)
      #expect(
        read[3] as? [String] == [
          "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Subject", "X-Unsent",
        ])
      #expect((read[4] as? [String])?.isEmpty == true)
    }
  }

  @Test("it is ASCII in short lines with CRLF, and no line could be taken for another thing")
  func form() throws {
    for title in Self.texts + ["\r\nBcc: x@example.org\r\n\r\nHello", "a\u{0}b\u{85}c\u{2028}d\u{7f}"] {
      var show = show(title)
      (show.author, show.email) = (title, nil)
      let bytes = MailMessage.bytes(message(show, episode: title), from: show, at: Self.day)
      #expect(bytes.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x0d || $0 == 0x0a })
      let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
      #expect(lines.allSatisfy { $0.utf8.count <= 76 && !$0.contains("\n") && !$0.contains("\r") })
      #expect(!lines.contains { $0.hasPrefix(".") || $0.hasPrefix("From ") })
      let head = lines.prefix { !$0.isEmpty }
      #expect(head.count { !$0.hasPrefix(" ") } == 7 && !head.contains { $0.hasPrefix("Bcc") })
    }
  }

  @Test("an address that is none is left out")
  func sender() {
    for email in ["a@b\r\nBcc: c@d", "a b@c", "<a@b>", "é@example.org", ""] {
      var show = show()
      show.email = PrivateText(email)
      let text = String(decoding: MailMessage.bytes(message(show), from: show, at: Self.day), as: UTF8.self)
      #expect(text.contains("\r\nFrom: =?utf-8?B?U2VjdGlvbiBzeW5kaWNhbGU=?=:;\r\n"))
    }
  }

  @Test("apps are told the feed, each in its way")
  func apps() {
    let links = AppLink.all(feed: "https://example.org/p/abc/feed.xml")
    #expect(
      links.map(\.address) == [
        "podcast://example.org/p/abc/feed.xml",
        "overcast://x-callback-url/add?url=https%3A%2F%2Fexample.org%2Fp%2Fabc%2Ffeed.xml",
        "pktc://subscribe/example.org/p/abc/feed.xml", "castro://subscribe/example.org/p/abc/feed.xml",
      ])
  }
}
