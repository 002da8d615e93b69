import Foundation
import HTTPTypes
import Publish
import Serve
import ShowModel
import Store
import TestSupport
import Testing

@Suite struct PrivateLinkTests {
  private let show: SmallShow
  private let bytes = SmallShow.sound(1)
  init() throws { show = try SmallShow() }

  /// Each way in which somebody can use a link.
  private func statuses(_ link: GivenLink, _ sound: String) async throws -> [String: Int] {
    [
      "page": try await show.get(link.page).status, "feed": try await show.get(link.feed).status,
      "HEAD of page": try await show.get(link.page, method: .head).status,
      "HEAD": try await show.get(sound, method: .head).status,
      "range": try await show.get(sound, [.range: "bytes=100-199"]).status,
      "resumed": try await show.get(
        sound, [.range: "bytes=200000-", .ifRange: "\"\(SmallShow.digest(bytes))\""]
      ).status, "known": try await show.get(sound, [.ifNoneMatch: "\"\(SmallShow.digest(bytes))\""]).status,
    ]
  }

  private static let open: [String: Int] = [
    "page": 200, "feed": 200, "HEAD of page": 200, "HEAD": 200, "range": 206, "resumed": 206, "known": 304,
  ]
  private static let gone = open.mapValues { _ in 410 }

  @Test("a link opens its page, its feed and its sound, byte for byte")
  func opens() async throws {
    let revision = try show.invite(to: "001-un", bytes)
    let link = try show.grant(.episode("001-un"))
    let sound = show.sound(link, "001-un", revision)
    #expect(try await statuses(link, sound) == Self.open)
    #expect(try await show.get(sound).body == bytes)
    let (page, feed) = (try await show.get(link.page), try await show.get(link.feed))
    #expect(page.text.contains("Titre de 001-un &amp; &lt;suite&gt;") && page.text.contains("lang=\"fr\""))
    #expect(page.text.contains("src=\"../..\(sound)\""))
    #expect(feed.text.contains("url=\"\(SmallShow.address)\(sound)\" length=\"300001\""))
    #expect(feed.text.contains("<itunes:block>Yes</itunes:block>"))
    for text in [page.text, feed.text] {
      #expect(!text.contains("owner@example.org") && !text.contains("dupont") && !text.contains("technicien"))
    }
    #expect(feed.fields[.contentType] == "application/rss+xml; charset=utf-8")
    #expect(try await show.get(String(link.page.dropLast())).fields[.location] == "./\(link.token.text)/")
  }

  @Test("expired, revoked, or withdrawn by another program: page, feed, HEAD, range and resumed download are gone")
  func gone() async throws {
    let revision = try show.invite(to: "001-un", bytes)
    let other = try Catalogue(path: show.catalogue.path)
    let expired = try show.grant(.episode("001-un"), expires: Date() - 1)
    #expect(try await statuses(expired, show.sound(expired, "001-un", revision)) == Self.gone)
    let revoked = try show.grant(.episode("001-un"), expires: Date() + 3_600)
    let sound = show.sound(revoked, "001-un", revision)
    #expect(try await statuses(revoked, sound) == Self.open)
    try other.revoke(revoked.token.id, at: Date())
    #expect(try await statuses(revoked, sound) == Self.gone)
    let withdrawn = try show.grant(.episode("001-un"))
    #expect(try await statuses(withdrawn, show.sound(withdrawn, "001-un", revision)) == Self.open)
    _ = try other.withdraw("001-un", at: Date())
    #expect(try await statuses(withdrawn, show.sound(withdrawn, "001-un", revision)) == Self.gone)
    let page = try await show.get(revoked.page)
    #expect(page.text.contains("Ce lien n’est plus valable") && !page.text.contains("001-un"))
  }

  @Test("after a rotation the old link is open until the overlap ends, and the new one from then on")
  func rotated() async throws {
    let revision = try show.invite(to: "001-un", bytes)
    for (overlap, expected) in [(3_600.0, Self.open), (-1, Self.gone)] {
      let old = try show.grant(.episode("001-un"))
      let token = LinkToken()
      let new = PrivateLink(
        id: token.id, scope: .episode("001-un"), name: PrivateText("technicien 7"), granted: SmallShow.day)
      try show.catalogue.rotate(old.token.id, to: new, tokenDigest: token.digest, overlapEnds: Date() + overlap)
      #expect(try await statuses(old, show.sound(old, "001-un", revision)) == expected)
      let given = GivenLink(token: token)
      #expect(try await statuses(given, show.sound(given, "001-un", revision)) == Self.open)
    }
  }

  @Test("a link for one download: another app gets nothing, the one that has begun comes to its end")
  func usedUp() async throws {
    let revision = try show.invite(to: "001-un", bytes)
    let link = try show.grant(.episode("001-un"), maxDownloads: 1)
    let sound = show.sound(link, "001-un", revision)
    // Neither looking nor trying for ranges spends anything.
    _ = try await statuses(link, sound)
    for _ in 0..<3 { #expect(try await show.get(sound, [.range: "bytes=0-1", .userAgent: "A"]).status == 206) }
    #expect(try await show.get(sound, [.range: "bytes=0-299999", .userAgent: "A"]).status == 206)
    #expect(try await show.get(sound, [.range: "bytes=300000-", .userAgent: "A"]).body == [bytes[300_000]])
    #expect(try await show.get(sound, [.userAgent: "A"]).body == bytes)
    #expect(try await show.get(sound, [.userAgent: "B"]).status == 410)
    #expect(try await show.get(sound, [.userAgent: "Googlebot"]).status == 410)
    for path in [link.page, link.feed] { #expect(try await show.get(path).status == 410) }
    #expect(try show.catalogue.link(link.token.id)?.downloads == 1)
  }

  @Test("published again with more covered, the old address is gone and the feed has the new one")
  func covered() async throws {
    let before = try show.invite(to: "001-un", bytes)
    let link = try show.grant(.feed)
    let after = try show.invite(to: "001-un", SmallShow.sound(2))
    #expect(try await show.get(show.sound(link, "001-un", before)).status == 410)
    let address = show.sound(link, "001-un", after)
    #expect(try await show.get(address).body == SmallShow.sound(2))
    let feed = try await show.get(link.feed).text
    #expect(feed.contains(address) && !feed.contains(show.sound(link, "001-un", before)))
  }

  @Test("an episode's own address opens this episode for this link, and nothing else")
  func derived() async throws {
    let first = try show.invite(to: "001-un", bytes)
    let second = try show.invite(to: "002-deux", SmallShow.sound(2))
    let (feed, one, other) = (try show.grant(.feed), try show.grant(.episode("001-un")), try show.grant(.feed))
    let sound = show.sound(feed, "001-un", first)
    let token = sound.split(separator: "/")[1]
    #expect(try await show.get(sound).status == 200)
    let wrong = [
      "/p/\(token)/002-deux.mp3", "/p/\(token)/", "/p/\(token)/feed.xml", "/p/\(token)",
      "/p/\(other.token.id)\(token.dropFirst(8))/001-un.mp3", show.sound(one, "002-deux", second),
      "/p/\(feed.token.text)/001-un.mp3", "/p/\(token)/001-UN.mp3", "/p/\(token)/.mp3",
      "/p/\(token.uppercased())/001-un.mp3",
    ]
    for path in wrong { #expect(try await show.get(path).status == 404, "\(path)") }
    // Pictures and texts have addresses of their own as well.
    let text = try await show.get(one.feed).text
    let transcript = try #require(
      text.firstMatch(of: /podcast:transcript url="https:\/\/podcast\.example\.org([^"]+)"/))
    let path = String(transcript.output.1)
    #expect(try await show.get(path).text == "WEBVTT 001-un")
    let other2 = try await show.get(feed.feed).text.matches(of: /\/text\/002-deux\/[a-z0-9.]+/).map {
      String($0.output)
    }
    #expect(try await show.get("\(path.prefix(37))\(other2[0])").status == 404)
    try show.catalogue.revoke(one.token.id, at: Date())
    #expect(try await show.get(path).status == 410)
    let picture = try #require(text.firstMatch(of: /itunes:image href="https:\/\/podcast\.example\.org([^"]+)"/))
    #expect(try await show.get(String(picture.output.1)).status == 410)
  }

  @Test("a feed has every episode that somebody may hear; one link's withdrawn episode is missing from it")
  func feedOfAll() async throws {
    try show.invite(to: "001-un", bytes)
    try show.invite(to: "002-deux", SmallShow.sound(2))
    let link = try show.grant(.feed)
    func slugs() async throws -> [String] {
      try await show.get(link.feed).text.matches(of: /\/(\d{3}-[a-z]+)\.mp3" length/).map { String($0.output.1) }
        .sorted()
    }
    #expect(try await slugs() == ["001-un", "002-deux"])
    _ = try show.catalogue.withdraw("002-deux", at: Date())
    #expect(try await slugs() == ["001-un"])
    _ = try show.catalogue.withdraw("001-un", at: Date())
    #expect(try await show.get(link.feed).status == 200)
    #expect(try await slugs().isEmpty)
  }

  @Test("what is private is kept from search engines and shared caches, and from the log")
  func quiet() async throws {
    let revision = try show.invite(to: "001-un", bytes)
    let link = try show.grant(.episode("001-un"))
    let sound = show.sound(link, "001-un", revision)
    let paths = [
      link.page, link.feed, sound, "/p/", "/p/x", "/p/\(link.token.text)/feed.xml/",
      "\(link.page)?a=\(link.token.text)",
    ]
    for path in paths {
      let answer = try await show.get(path)
      #expect(answer.fields[.cacheControl] == "private, no-cache", "\(path)")
      #expect(HTTPField.Name("X-Robots-Tag").flatMap { answer.fields[$0] } == "noindex, nofollow")
      #expect(HTTPField.Name("Referrer-Policy").flatMap { answer.fields[$0] } == "no-referrer")
    }
    let token = String(sound.split(separator: "/")[1])
    for line in show.logged {
      #expect(line.contains(" GET /p/ ") && !line.contains(link.token.id) && !line.contains(token))
    }
    #expect(show.logged.count == paths.count)
    #expect(try show.folder.files(holding: [link.token.text, token]).isEmpty)
  }

  @Test("no guess is right, and a wrong one takes as long whether the link exists or not")
  func guesses() async throws {
    try show.invite(to: "001-un", bytes)
    let link = try show.grant(.episode("001-un"))
    let count = ProcessInfo.processInfo.environment["PODCAST_SOAK"] != nil ? 100_000 : 2_000
    var times: [[Double]] = [[], []]
    for turn in 0..<count / 2 {
      let guess = LinkToken().text
      for index in turn % 2 == 0 ? [0, 1] : [1, 0] {
        let text = index == 0 ? guess : link.token.id + guess.dropFirst(LinkToken.idLength)
        let clock = ContinuousClock()
        let start = clock.now
        let status = try await show.get("/p/\(text)/").status
        times[index].append((clock.now - start) / .microseconds(1))
        guard status == 404 else { throw Guessed() }
      }
    }
    // Those that nothing else on this machine held up.
    let fast = times.map { $0.sorted()[$0.count / 20] }
    // A link that is there is read from its row as well; that must stay within what a network hides.
    #expect(abs(fast[0] - fast[1]) < 250, "\(fast) µs")
  }

  private struct Guessed: Error {}

  @Test("behind a web server, private sound is left to it, under a name that nobody can ask for")
  func accelerator() async throws {
    let revision = try show.invite(to: "001-un", bytes, milliseconds: 120_000)
    let link = try show.grant(.episode("001-un"))
    let site = show.site(front: .accelerator)
    let sound = show.sound(link, "001-un", revision)
    let answer = try await show.get(sound, [.range: "bytes=0-150010", .userAgent: "A"], at: site)
    #expect(answer.status == 200 && answer.body.isEmpty)
    #expect(
      HTTPField.Name("X-Accel-Redirect").flatMap { answer.fields[$0] } == "/.builds/\(revision.digest).mp3")
    #expect(answer.fields[.contentType] == "audio/mpeg")
    #expect(try await show.get("/.builds/\(revision.digest).mp3", at: site).status == 404)
    site.finish()
    #expect(try show.catalogue.downloads(of: "001-un").links == [link.token.id: 1])
    try show.catalogue.revoke(link.token.id, at: Date())
    #expect(try await show.get(sound, at: site).status == 410)
  }

  @Test("behind a web server, what is said of bytes that somebody has is judged by what that one knows of the file")
  func conditions() async throws {
    let revision = try show.invite(to: "001-un", bytes, milliseconds: 120_000)
    let link = try show.grant(.episode("001-un"), maxDownloads: 1)
    let (site, sound) = (show.site(front: .accelerator), show.sound(link, "001-un", revision))
    var status = stat()
    #expect(stat(show.folder.file(".podcast/builds/\(revision.digest).mp3"), &status) == 0)
    let known = "\"\(String(status.st_mtim.tv_sec, radix: 16))-\(String(bytes.count, radix: 16))\""
    func ask(_ agent: String, _ fields: HTTPFields) async throws -> Int {
      var fields = fields
      (fields[.userAgent], fields[.range]) = (agent, "bytes=0-9")
      return try await show.get(sound, fields, at: site).status
    }
    func downloads() throws -> Int? { try show.catalogue.link(link.token.id)?.downloads }
    #expect(try await ask("A", [.ifNoneMatch: known]) == 304)
    #expect(try await ask("A", [.ifRange: known]) == 200)
    #expect(try downloads() == 0)
    // That one sends all of it then.
    #expect(try await ask("A", [.ifRange: "\"\(revision.digest)\""]) == 200)
    #expect(try downloads() == 1)
    #expect(try await ask("B", [.ifRange: "\"\(revision.digest)\""]) == 410)
    #expect(try await ask("A", [.ifNoneMatch: "\"\(revision.digest)\""]) == 200)
  }

  @Test("two who ask for the last download at the same moment: one of them gets it")
  func together() async throws {
    let revision = try show.invite(to: "001-un", bytes)
    for _ in 0..<5 {
      let link = try show.grant(.episode("001-un"), maxDownloads: 1)
      let sound = show.sound(link, "001-un", revision)
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for app in 0..<6 { group.addTask { try await show.get(sound, [.userAgent: "\(app)"]).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.sorted() == [200, 410, 410, 410, 410, 410])
      #expect(try show.catalogue.link(link.token.id)?.downloads == 1)
    }
  }

  @Test("of one download, nobody gets more than a minute in small pieces, each as another app")
  func smallPieces() async throws {
    let revision = try show.invite(to: "001-un", bytes, milliseconds: 300_000)
    let link = try show.grant(.episode("001-un"), maxDownloads: 1)
    let sound = show.sound(link, "001-un", revision)
    var sent = 0
    for start in stride(from: 0, to: bytes.count - 10_000, by: 10_000) {
      let range = "bytes=\(start)-\(start + 9_999)"
      sent += try await show.get(sound, [.userAgent: "\(start)", .range: range]).status == 206 ? 10_000 : 0
    }
    #expect(sent <= bytes.count / 5 + 10_000)
    let other = try show.grant(.episode("001-un"), maxDownloads: 1)
    let path = show.sound(other, "001-un", revision)
    for start in 0..<200 {
      _ = try await show.get(path, [.userAgent: "\(start)", .range: "bytes=\(start)-\(start + 1)"])
    }
    #expect(try await show.get(path, [.userAgent: "x", .range: "bytes=0-\(bytes.count / 5 - 399)"]).status == 206)
    #expect(try show.catalogue.link(other.token.id)?.downloads == 1)
  }

  @Test("asked by a web server in front, it says which public sound may be sent, and counts what is")
  func asked() async throws {
    let media = try show.publish("002-deux", SmallShow.sound(2))
    let site = show.site(front: .accelerator)
    let names = try [Accelerator.askedField, Accelerator.methodField].map { try #require(HTTPField.Name($0)) }
    func ask(_ path: String, _ method: String = "GET", at site: Site) async throws -> Int {
      try await show.get(Accelerator.check, [names[0]: path, names[1]: method], at: site).status
    }
    #expect(try await ask(media, "HEAD", at: site) == 204)
    var fields: HTTPFields = [names[0]: media, names[1]: "GET"]
    fields[.ifNoneMatch] = "*"
    #expect(try await show.get(Accelerator.check, fields, at: site).status == 204)
    site.finish()
    #expect(try show.catalogue.downloads(of: "002-deux").open == 0)
    #expect(try await ask(media, at: site) == 204)
    site.finish()
    #expect(try show.catalogue.downloads(of: "002-deux").open == 1)
    for path in ["", "/", "/media/002-deux/x.mp3", "/p/x/002-deux.mp3", "/.builds/x.mp3", "\(media)/..", "/feed.xml"] {
      #expect(try await ask(path, at: site) == 403, "\(path)")
    }
    #expect(try await ask(media, at: show.site) == 404)
    _ = try show.catalogue.withdraw("002-deux", at: Date())
    #expect(try await ask(media, at: site) == 403)
  }

  @Test("a minute is a download, once a day for each app; robots and tries are none")
  func counting() async throws {
    let revision = try show.invite(to: "001-un", bytes, milliseconds: 120_000)
    let media = try show.publish("002-deux", SmallShow.sound(2, count: 200_000))
    let (link, all) = (try show.grant(.episode("001-un")), try show.grant(.feed))
    let sound = show.sound(link, "001-un", revision)
    for range in ["0-1", "0-99999", "100000-149000"] {
      _ = try await show.get(sound, [.range: "bytes=\(range)", .userAgent: "A"])
    }
    show.site.finish()
    #expect(try show.catalogue.downloads(of: "001-un").links.isEmpty)
    _ = try await show.get(sound, [.range: "bytes=149001-160000", .userAgent: "A"])
    for _ in 0..<3 { _ = try await show.get(sound, [.userAgent: "B"]) }
    _ = try await show.get(show.sound(all, "001-un", revision))
    for agent in ["app", "app", "Googlebot/2.1"] { _ = try await show.get(media, [.userAgent: agent]) }
    _ = try await show.get(media, method: .head)
    show.site.finish()
    #expect(try show.catalogue.downloads(of: "001-un").links == [link.token.id: 2, all.token.id: 1])
    #expect(try show.catalogue.downloads(of: "002-deux").open == 1)
  }
}
