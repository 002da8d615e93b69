import Foundation
import ShowModel
import TestSupport
import Testing

/// What people get wrong with links, and what they are told. `RECORD=1` writes the golden anew.
@Suite struct LinkMistakeTests {
  /// In each, `OPEN`, `REVOKED`, `ROTATED`, `EXPIRED` and `USED` stand for the id of such a link.
  private static let mistakes: [(Int32, [String])] = [
    (64, ["grant"]), (64, ["grant", "001-un"]), (64, ["grant", "--to", "x"]),
    (64, ["grant", "001-un", "--feed", "--to", "x"]), (64, ["grant", "--feed", "--to", "x", "--csv", "people.csv"]),
    (64, ["grant", "--feed", "--csv", "people.csv", "--eml", "m.eml"]), (66, ["grant", "--feed", "--csv", "no.csv"]),
    (64, ["grant", "001-un", "--too", "x", "--reason", "y"]), (64, ["grant", "001-un", "--", "--too"]),
    (66, ["grant", "003-trois", "--to", "x"]), (64, ["grant", "003-new", "--to", "x"]),
    (66, ["grant", "--to", "x", "Delphine"]), (64, ["grant", "002-deux", "--to", "x"]),
    (64, ["grant", "--feed", "--to", ""]),
    (64, ["grant", "--feed", "--to", "Delphine\nMarchetti"]),
    (64, ["grant", "--feed", "--to", String(repeating: "Delphine", count: 26)]),
    (64, ["grant", "--feed", "--to", "x", "--reason", "SECRET-NOTE\n"]),
    (64, ["grant", "--feed", "--to", "x", "--expires", "2020-01-01"]),
    (64, ["grant", "--feed", "--to", "x", "--expires", "soon"]),
    (64, ["grant", "--feed", "--to", "x", "--expires", "2026-02-30"]),
    (64, ["grant", "--feed", "--to", "x", "--max-downloads", "0"]),
    (64, ["grant", "--feed", "--to", "x", "--max-downloads", "many"]),
    (64, ["grant", "--feed", "--to", "x", "--language", "de"]),
    (73, ["grant", "--feed", "--to", "x", "--eml", "in.wav"]),
    (73, ["grant", "--feed", "--to", "x", "--svg", "no/q.svg"]),
    (66, ["show", "aaaaaaaa"]), (66, ["show", "Delphine"]), (66, ["audit", "aaaaaaaa"]),
    (64, ["revoke"]), (64, ["revoke", "OPEN", "--to", "x"]), (66, ["revoke", "aaaaaaaa"]),
    (66, ["revoke", "Delphine"]),
    (64, ["revoke", "REVOKED"]), (64, ["revoke", "OPEN", "REVOKED"]), (64, ["revoke", "--to", "Delphine"]),
    (64, ["revoke", "--episode", "002-deux"]), (64, ["revoke", "--to", "gone"]),
    (66, ["rotate", "aaaaaaaa"]), (64, ["rotate", "REVOKED"]), (64, ["rotate", "ROTATED"]),
    (64, ["rotate", "EXPIRED"]),
    (64, ["rotate", "USED"]), (64, ["rotate", "OPEN", "--overlap", "soon"]),
    (64, ["rotate", "OPEN", "--overlap", "9999w"]),
    (66, ["approve", "7", "--feed"]), (64, ["approve", "7"]), (64, ["approve", "one", "--feed"]),
    (66, ["refuse", "7"]),
    (64, ["refuse", "1"]),
  ]

  @Test("each mistake ends with its status, says what to do and names nobody, and changes nothing")
  func mistakes() throws {
    let show = try SampleShow.withBothPublished()
    let ids = try Self.furnish(show)
    let before = (try show.catalogue().links(), try show.catalogue().auditTrail(), show.command.folder.names)
    var text = ""
    for (status, words) in Self.mistakes {
      let ended = try show.run(["link"] + words.map { ids[$0] ?? $0 })
      #expect(ended.status == status, "\(words)")
      #expect(ended.output.isEmpty && !Command.holdsSecret(ended.errors), "\(words)")
      let said = ids.reduce(ended.errorText) { $0.replacingOccurrences(of: $1.value, with: $1.key) }
      text += "$ podcast link \(words.map(Self.shown).joined(separator: " "))\n\(said)= \(ended.status)\n\n"
    }
    let after = (try show.catalogue().links(), try show.catalogue().auditTrail(), show.command.folder.names)
    #expect(before == after)
    #expect(try text == Golden.text("Goldens/link-mistakes.txt", now: text))
  }

  private static func shown(_ word: String) -> String {
    word.isEmpty || word.contains("\n") ? "“\(word.replacingOccurrences(of: "\n", with: "⏎"))”" : word
  }

  private static func furnish(_ show: SampleShow) throws -> [String: String] {
    try show.write(show.episode("Épisode 3"), "episodes/003-new/episode.yaml")
    #expect(try show.run("withdraw", "002-deux").status == 0)
    let catalogue = try show.catalogue()
    let now = Date()
    func link(_ change: (inout PrivateLink) -> Void = { _ in }) throws -> String {
      var link = PrivateLink(id: LinkToken().id, scope: .feed, name: PrivateText("x"), granted: now)
      change(&link)
      try catalogue.grant(link, tokenDigest: "")
      return link.id
    }
    let ids = [
      "OPEN": try link(), "REVOKED": try link { $0.name = PrivateText("gone") }, "ROTATED": try link(),
      "EXPIRED": try link { $0.expires = now.addingTimeInterval(-1) }, "USED": try link { $0.maxDownloads = 1 },
    ]
    try catalogue.revoke(ids["REVOKED"] ?? "", at: now)
    #expect(try show.run("link", "rotate", ids["ROTATED"] ?? "").status == 0)
    try catalogue.record([
      .init(link: ids["USED"], slug: "001-un", revision: 1, app: "", bytes: 9, minuteBytes: 9, date: now)
    ])
    _ = try catalogue.ask(
      wanted: PrivateText(""), name: PrivateText("Delphine"), contact: PrivateText(""), message: PrivateText(""),
      at: now)
    try catalogue.answerRequest(1, with: .refused, at: now)
    let new = try catalogue.link(ids["ROTATED"] ?? "")?.replacedBy
    return ids.merging(["NEW": new ?? ""]) { $1 }
  }
}
