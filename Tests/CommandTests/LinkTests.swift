import Foundation
import ShowModel
import Store
import TestSupport
import Testing

@Suite struct LinkTests {
  private let show: SampleShow

  init() throws { show = try SampleShow.withBothPublished() }

  @Test("a granted link shows its addresses once; a digest of them is all that is kept")
  func granting() throws {
    #expect(try show.run("publish", "001-un", "--private").status == 0)
    let before = try show.everything()
    let ended = try show.run(
      "link", "grant", "001-un", "--to", "Delphine", "--reason", "SECRET-NOTE", "--expires", "30d")
    #expect(ended.status == 0 && !Command.holdsSecret(ended.output + ended.errors))
    let token = try #require(show.tokens(ended).first)
    let page = "https://podcast.example.org/p/\(token)/"
    for text in [
      "Page            \(page)\n", "Feed            \(page)feed.xml\n", "« Épisode 1 »", "Bonjour,", "jusqu’au",
    ] {
      #expect(ended.outputText.contains(text), "\(text)")
    }
    #expect(ended.errorText.contains("Granted link \(token.prefix(8))") && ended.errorText.contains("this once"))
    let link = try #require(try show.catalogue().link(String(token.prefix(8))))
    #expect(link.scope == .episode("001-un") && link.name.revealed == "Delphine" && link.expires != nil)
    #expect(!show.holds(token, besides: before))
  }

  @Test("a list says who has a link only when it is asked to")
  func listing() throws {
    #expect(try show.run("link", "list").errorText.contains("There is no link yet"))
    let id = try show.grant("--feed", "--to", "Delphine", "--reason", "Marchetti", "--max-downloads", "2")
    for words in [["list"], ["list", "--json"], ["show", id], ["audit"], ["audit", id]] {
      let ended = try show.run(["link"] + words)
      #expect(ended.status == 0 && ended.outputText.contains(id) && !Command.holdsSecret(ended.output + ended.errors))
    }
    for words in [["list", "--names"], ["list", "--json", "--names"], ["show", id, "--names"]] {
      let text = try show.run(["link"] + words).outputText
      #expect(text.contains("Delphine") && text.contains("Marchetti"))
    }
    #expect(try show.run("link", "list").outputText.contains("0 of 2"))
  }

  @Test("a revoked link stays revoked, and the person's others can go with it")
  func revoking() throws {
    let ids = try (0..<3).map { _ in try show.grant("--feed", "--to", "Delphine") }
    let other = try show.grant("001-un", "--to", "other")
    let first = try show.run("link", "revoke", ids[0])
    #expect(first.status == 0 && first.errorText.contains(ids[0]))
    let rest = try show.run("link", "revoke", "--to", "Delphine")
    #expect(rest.status == 0 && rest.errorText.contains(ids[1]) && !rest.errorText.contains(ids[0]))
    #expect(!Command.holdsSecret(rest.errors))
    #expect(try show.run("link", "revoke", "--episode", "002-deux").status == 64)
    #expect(try show.run("link", "revoke", "--episode", "001-un").errorText.contains(other))
    #expect(try show.catalogue().links().allSatisfy { $0.revoked != nil })
  }

  @Test("links can be taken back also where the show's files are broken")
  func broken() throws {
    let id = try show.grant("--feed", "--to", "x")
    try show.write("title: [\n", "show.yaml")
    #expect(try show.run("link", "grant", "--feed", "--to", "x").status == 65)
    #expect(try show.run("link", "revoke", id).status == 0)
    #expect(try show.catalogue().links().map(\.revoked).count { $0 != nil } == 1)
  }

  @Test("who found an address, of whatever app, can name the link by it; and by its id in capitals")
  func found() throws {
    let granted = try show.run("link", "grant", "--feed", "--to", "technician-7")
    let token = try #require(show.tokens(granted).first)
    let addresses = granted.outputText.matches(of: /\w+:\/\/\S+/).map { String($0.output) }
    #expect(addresses.contains { $0.hasPrefix("overcast://") && $0.contains("%2F\(token)%2F") })
    for text in addresses + [token, "https://podcast.example.org/p/\(token)?a=b#c", token.prefix(8).uppercased()] {
      let ended = try show.run("link", "show", text)
      #expect(ended.status == 0 && ended.outputText.contains(token.prefix(8)), "\(text)")
    }
    let revoked = try show.run("link", "revoke", try #require(addresses.first { $0.hasPrefix("overcast://") }))
    #expect(revoked.status == 0 && !revoked.errorText.contains(token))
    #expect(try show.catalogue().link(String(token.prefix(8)))?.revoked != nil)
  }

  @Test("rotated, a link has another secret and the same terms; the old one stays open for the overlap")
  func rotating() throws {
    let old = try show.grant("001-un", "--to", "Delphine", "--expires", "30d", "--max-downloads", "5")
    let ended = try show.run("link", "rotate", old, "--overlap", "7d")
    let token = try #require(show.tokens(ended).first)
    let (before, after) = (
      try #require(try show.catalogue().link(old)), try #require(try show.catalogue().link(String(token.prefix(8))))
    )
    #expect(before.replacedBy == after.id && before.state(at: Date()) == .open)
    #expect(after.name == before.name && after.scope == before.scope && after.maxDownloads == 5)
    #expect(after.expires.map { abs($0.timeIntervalSinceNow - 30 * 86_400) < 600 } == true)
    let revoked = try show.run("link", "revoke", old)
    #expect(revoked.errorText.contains("Open still, in the place of one of them: \(after.id)"))
    let first = try show.grant("001-un", "--to", "x")
    let second = try #require(show.tokens(show.run("link", "rotate", first, "--overlap", "7d")).first).prefix(8)
    let both = try show.run("link", "revoke", String(second))
    #expect(both.errorText.contains("Revoked \(second), \(first)."))
    #expect(try show.catalogue().link(first)?.state(at: Date()) == .revoked)
    let at = try show.grant("001-un", "--to", "x")
    #expect(try show.run("link", "rotate", at).errorText.contains("\(at) is closed"))
    #expect(try show.catalogue().link(at)?.state(at: Date()) == .rotated)
  }

  @Test("a request is approved with a link, or refused; once")
  func requests() throws {
    for name in ["Delphine", "Marchetti"] {
      #expect(
        try show.catalogue().ask(
          wanted: PrivateText("le\u{1b}[31m \u{202e}premier"), name: PrivateText(name), contact: PrivateText("a@b"),
          message: PrivateText(""), at: Date()))
    }
    let list = try show.run("link", "requests").outputText
    #expect(list.contains("request 1") && list.contains("Delphine"))
    #expect(!list.contains("\u{1b}") && !list.contains("\u{202e}"))
    let approved = try show.run("link", "approve", "1", "001-un", "--expires", "2w")
    let id = try #require(show.tokens(approved).first).prefix(8)
    #expect(approved.status == 0 && !Command.holdsSecret(approved.output + approved.errors))
    #expect(try show.catalogue().link(String(id))?.name.revealed == "request 1")
    #expect(try show.run("link", "refuse", "2").status == 0)
    #expect(try show.run("link", "requests").errorText.contains("Nobody waits"))
    #expect(try show.run("link", "requests", "--all", "--json").outputText.contains("\"link\" : \"\(id)\""))
    #expect(try show.run("link", "audit", String(id)).outputText.contains("approved"))
    #expect(try show.run("link", "approve", "2", "--feed").status == 64)
  }

  @Test("the message and the code are written for their owner alone, and are not written over")
  func files() throws {
    let words = ["link", "grant", "--feed", "--to", "x", "--eml", "m.eml", "--svg", "q.svg", "--language", "en"]
    let ended = try show.run(words)
    let token = try #require(show.tokens(ended).first)
    for name in ["m.eml", "q.svg"] {
      let rights = try FileManager.default.attributesOfItem(atPath: show.command.folder.file(name))[.posixPermissions]
      #expect(rights as? Int == 0o600)
    }
    let mail = try #require(show.command.folder.text("m.eml")?.replacingOccurrences(of: "=\r\n", with: ""))
    #expect(mail.contains("/p/\(token)/feed.xml") && mail.contains("Hello,") && ended.outputText.contains("Hello,"))
    let again = try show.run(words)
    #expect(again.status == 73 && again.output.isEmpty && again.errorText.contains("--eml"))
    #expect(try show.catalogue().links().count == 1)
  }

  @Test(
    "a scanner reads the code on a terminal, with and without colours",
    .enabled(if: Tools.here("zbarimg", "script"), "needs zbarimg and script"))
  func terminal() throws {
    for environment in ["NO_COLOR=1", "NO_COLOR="] {
      let line = "\(environment) \(Command.program) link grant --feed --to x --show show"
      let seen = try Tool.run("/usr/bin/env", ["script", "-qec", line, "/dev/null"], in: show.command.folder.path)
      let token = try #require(show.tokens(seen).first)
      try show.command.folder.write(Self.picture(seen.outputText, isInverted: environment.hasSuffix("1")), "code.pgm")
      let read = try show.command.folder.run("zbarimg", "--quiet", "--raw", "code.pgm")
      #expect(String(decoding: read, as: UTF8.self) == "https://podcast.example.org/p/\(token)/\n")
    }
  }

  /// What the terminal shows, four dots a module.
  private static func picture(_ text: String, isInverted: Bool) -> String {
    let plain = text.replacing(/\u{1b}\[[0-9;]*m/, with: "").replacingOccurrences(of: "\r", with: "")
    let isRow: (Substring) -> Bool = { $0.count > 40 && $0.allSatisfy { "█▀▄ ".contains($0) } }
    let rows = plain.split(separator: "\n").filter(isRow)
    var lines: [String] = []
    for row in rows {
      for half in ["▀", "▄"] {
        let dots = row.map { cell in (cell == "█" || String(cell) == half) != isInverted ? "0" : "255" }
        let line = dots.flatMap { [String](repeating: $0, count: 4) }.joined(separator: " ")
        lines += [String](repeating: line, count: 4)
      }
    }
    return "P2\n\((rows.first?.count ?? 0) * 4) \(lines.count)\n255\n" + lines.joined(separator: "\n") + "\n"
  }
}

extension SampleShow {
  func run(_ arguments: [String]) throws -> Ended { try command.start(arguments + ["--show", "show"]).wait() }

  func catalogue() throws -> Catalogue { try Catalogue(path: command.folder.file("show/.podcast/catalogue.sqlite")) }

  /// - Returns: the id of the link.
  func grant(_ words: String...) throws -> String {
    let ended = try run(["link", "grant"] + words)
    guard ended.status == 0, let token = tokens(ended).first else { throw CocoaError(.fileReadUnknown) }
    return String(token.prefix(8))
  }

  /// All that a run said, in their order.
  func tokens(_ ended: Ended) -> [String] {
    ended.outputText.matches(of: /\/p\/([a-z2-7]{34})\//).map { String($0.output.1) }
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Every file of the show, by its path.
  func everything() throws -> [String: [UInt8]] {
    try Dictionary(uniqueKeysWithValues: files("").map { ($0, try command.data("show/\($0)")) })
  }

  /// Whether a file of the show has the token, or its secret alone, in it.
  func holds(_ token: String, besides before: [String: [UInt8]] = [:]) -> Bool {
    files("").contains { name in
      guard let bytes = try? command.data("show/\(name)"), bytes != before[name] else { return false }
      return Data(bytes).range(of: Data(token.dropFirst(8).utf8)) != nil
    }
  }
}
