import Foundation
import TestSupport
import Testing

/// An episode for the invited whose files are broken, and what becomes of the others.
@Suite struct BrokenEpisodeTests {
  private let show: SampleShow
  private let folder: Folder

  init() throws {
    show = try SampleShow.withBothPublished()
    folder = show.command.folder
    try show.write("WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n", "episodes/001-un/said.vtt")
    try show.write(show.episode("Épisode 1") + "transcript: said.vtt\n", "episodes/001-un/episode.yaml")
    for words in [["publish", "001-un"], ["publish", "002-deux", "--private"]] {
      #expect(try show.run(words).status == 0)
    }
  }

  enum Fault: CaseIterable {
    case renamed, misspelt, withoutTranscript

    /// In what is said of it.
    var sign: String {
      switch self {
      case .renamed: "“002-deux” is published, but there is no folder of that name"
      case .misspelt: "episodes/002-deux/episode.yaml:5"
      case .withoutTranscript: "episodes/002-deux/said.vtt"
      }
    }
  }

  private func move(_ name: String, _ other: String) throws {
    let top = folder.file("show/episodes/")
    try FileManager.default.moveItem(atPath: top + name, toPath: top + other)
  }

  private func make(_ fault: Fault) throws {
    switch fault {
    case .renamed: try move("002-deux", "002-zwei")
    case .misspelt: try show.write(show.episode("Épisode 2") + "bogus: 1\n", "episodes/002-deux/episode.yaml")
    case .withoutTranscript:
      try show.write(show.episode("Épisode 2") + "transcript: said.vtt\n", "episodes/002-deux/episode.yaml")
    }
  }

  private func mend(_ fault: Fault) throws {
    if fault == .renamed { return try move("002-zwei", "002-deux") }
    try show.write(show.episode("Épisode 2"), "episodes/002-deux/episode.yaml")
  }

  /// What private pages and feeds are made of.
  private var shelf: String { folder.text("show/.podcast/shelf/shelf.json") ?? "" }

  private func addThird() throws {
    try folder.write(Wave.noise(seconds: 2, seed: 3), "show/episodes/003-trois/episode.wav")
    try show.write(Command.list, "episodes/003-trois/ranges.csv")
    try show.write(show.episode("Épisode 3"), "episodes/003-trois/episode.yaml")
    #expect(try show.run("build", "003-trois").status == 0)
  }

  @Test("nothing is published as long as it is broken, and the error names it", arguments: Fault.allCases)
  func publishing(fault: Fault) throws {
    try addThird()
    #expect(try show.run("withdraw", "001-un").status == 0)
    try make(fault)
    let before = (try show.run("feed", "--list").output, try show.published(), show.files(".podcast/shelf"))
    for words in [["001-un", "--public"], ["003-trois"], ["003-trois", "--private"]] {
      let ended = try show.run(["publish"] + words)
      #expect([65, 66].contains(ended.status) && ended.errorText.contains(fault.sign), "\(ended.errorText)")
    }
    #expect(try show.run("feed", "--list").output == before.0)
    #expect(try show.published() == before.1 && show.files(".podcast/shelf") == before.2)
    try mend(fault)
    #expect(try show.run("publish", "003-trois").status == 0)
    #expect(show.enclosures.count == 1)
  }

  @Test(
    "withdrawing another one leaves the feed of the rest, takes its texts from the shelf, and says what is broken",
    arguments: Fault.allCases)
  func withdrawing(fault: Fault) throws {
    try addThird()
    #expect(try show.run("publish", "003-trois").status == 0)
    #expect(show.files(".podcast/shelf").contains { $0.contains("001-un") })
    try make(fault)
    let ended = try show.run("withdraw", "001-un")
    #expect([65, 66].contains(ended.status) && ended.errorText.contains(fault.sign), "\(ended.errorText)")
    #expect(ended.errorText.contains("“001-un” is withdrawn and its public sound is gone, but what private links show"))
    #expect(show.enclosures.count == 1 && show.sounds() == show.enclosures.map(\.path))
    #expect(show.sounds().allSatisfy { $0.contains("003-trois") })
    let left = try String(decoding: show.published(), as: UTF8.self) + shelf
    #expect(!left.contains("001-un") && left.contains("Épisode 3") && left.contains("Épisode 2"))
    #expect(!show.files(".podcast/shelf").contains { $0.contains("001-un") })
    #expect(try show.run("feed").errorText.contains(fault.sign))
    #expect(show.enclosures.count == 1)
    try mend(fault)
    #expect(try show.run("feed").status == 0)
  }

  @Test(
    "links to it and to others go on working, and none opens what was withdrawn", .enabled(if: Tools.here("curl")))
  func listening() async throws {
    let (server, address) = try await show.serve("--quiet")
    try show.write(SampleShow.yaml.replacing("https://podcast.example.org", with: address), "show.yaml")
    try addThird()
    #expect(try show.run("publish", "003-trois", "--private").status == 0)
    let token = try #require(show.tokens(show.run("link", "grant", "--feed", "--to", "x")).first)
    func sounds() throws -> [String] {
      let feed = try show.curl("\(address)/p/\(token)/feed.xml")
      return feed.matches(of: /<enclosure url="([^"]+)"/).map { String($0.output.1) }
    }
    func status(_ sound: String) throws -> String { try show.curl("-o", "got", "-w", "%{http_code}", sound) }
    let before = try sounds()
    #expect(before.count == 3)
    try make(.renamed)
    #expect(try show.run("withdraw", "001-un").status == 66)
    let after = try sounds()
    #expect(after.count == 2 && Set(after).isSubset(of: before))
    for sound in after { #expect(try status(sound) == "200") }
    for sound in Set(before).subtracting(after) { #expect(try status(sound) == "410") }
    #expect(try show.run("withdraw", "002-deux").status == 0)
    #expect(try sounds().count == 1)
    server.send(signal: SIGTERM)
    #expect(try server.wait().status == 0)
  }

  @Test("an episode for the invited is withdrawn where the public site is broken, and the feed stays")
  func withdrawingInvited() throws {
    try show.write(show.episode("Épisode 1") + "bogus: 1\n", "episodes/001-un/episode.yaml")
    let before = show.feed
    let ended = try show.run("withdraw", "002-deux")
    #expect(ended.status == 65)
    #expect(ended.errorText.contains("“002-deux” is withdrawn and no link opens it, but the feed, which it was not in"))
    #expect(show.feed == before && !before.isEmpty)
    #expect(try show.run("feed", "--list").outputText.contains(/002-deux +withdrawn/))
    #expect(!shelf.contains("002-deux"))
  }

  @Test("an earlier export loses the sound of what was withdrawn, also where it can't be written anew")
  func exporting() throws {
    try addThird()
    for words in [["publish", "003-trois"], ["export", "out"], ["withdraw", "001-un"]] {
      #expect(try show.run(words).status == 0)
    }
    try show.write(show.episode("Épisode 3") + "bogus: 1\n", "episodes/003-trois/episode.yaml")
    try folder.write("mine", "other/media/001-un/mine.txt")
    for target in ["out", "other"] { #expect(try show.run("export", target).status == 65) }
    let left = FileManager.default.enumerator(atPath: folder.file("out"))?.compactMap { $0 as? String } ?? []
    #expect(!left.contains { $0.contains("001-un") } && left.contains { $0.contains("003-trois") })
    #expect(folder.text("other/media/001-un/mine.txt") == "mine")
  }

  @Test("a command that was killed before it removed the sound is made good also by one that is refused")
  func killed() throws {
    let sound = try #require(show.sounds().first)
    let bytes = try show.command.data("show/public/\(sound)")
    #expect(try show.run("withdraw", "001-un").status == 0)
    try folder.write(bytes, "show/public/\(sound)")
    try make(.misspelt)
    #expect(try show.run("publish", "001-un", "--public").status == 65)
    #expect(show.sounds().isEmpty)
  }
}
