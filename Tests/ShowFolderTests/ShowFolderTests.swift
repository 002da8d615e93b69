import Foundation
import ShowFolder
import ShowModel
import TestSupport
import Testing

@Suite struct ShowFolderTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func show(_ text: String) throws -> Show {
    _ = try folder.write(text, "show.yaml")
    return try ShowFolder(folder.path).show()
  }

  private func episode(_ text: String) throws -> Episode {
    _ = try folder.write(Self.least, "show.yaml")
    _ = try folder.write(text, "episodes/042-reseau/episode.yaml")
    return try ShowFolder(folder.path).episode("042-reseau")
  }

  static let least = """
    title: Réseau ouvert
    description: Pour les techniciens.
    language: fr
    author: Section syndicale
    categories: Business / Careers
    address: https://podcast.example.org/
    artwork: artwork.jpg

    """
  static let leastEpisode = """
    title: "Le réseau : ce qui change"
    description: Une panne, et après.
    sound: episode.wav
    ranges: episode.ranges.csv

    """

  @Test("a show of the necessary lines has the usual values for all others")
  func usual() throws {
    let show = try show(Self.least)
    #expect(show.categories == [Show.Category(name: "Business", subcategory: "Careers")])
    #expect(show.address == "https://podcast.example.org")
    #expect(show.isLocked && !show.isExplicit && show.kind == .episodic)
    #expect(show.sound == Show.SoundSettings(bitrate: 96, isMono: false, fill: .bip))
    #expect(show.email == nil)
  }

  @Test("every key of a show is read")
  func everything() throws {
    let show = try show(
      Self.least + """
        email: a@example.org
        explicit: oui
        type: serial
        copyright: 2026 Section
        website: https://example.org/emission
        guid: 9B024349-ccf0-5f69-a609-6b82873eab3c
        locked: no
        sound: {bitrate: 64, mono: yes, fill: noise, pad: "0,2", shortest: 1, join: 0.25}
        """)
    #expect(show.email?.revealed == "a@example.org")
    #expect(show.isExplicit && show.kind == .serial && !show.isLocked)
    #expect(show.guid == "9b024349-ccf0-5f69-a609-6b82873eab3c")
    #expect(show.website == "https://example.org/emission" && show.copyright == "2026 Section")
    #expect(
      show.sound
        == Show.SoundSettings(bitrate: 64, isMono: true, fill: .noise, pad: "0.2", shortest: "1", join: "0.25"))
  }

  @Test("an episode says where its files are, and when it comes out")
  func episodes() throws {
    let episode = try episode(
      Self.leastEpisode + """
        date: 2026-11-24 08:30 +01:00
        number: 42
        season: 3
        type: bonus
        explicit: yes
        artwork: picture.png
        chapters: chapters.txt
        transcript: transcript.vtt
        """)
    #expect(episode.title == "Le réseau : ce qui change")
    #expect(episode.date == Date(timeIntervalSince1970: 1_795_505_400))
    #expect((episode.number, episode.season, episode.kind, episode.isExplicit) == (42, 3, .bonus, true))
    #expect((episode.sound, episode.ranges) == ("episode.wav", ["episode.ranges.csv"]))
    #expect(
      [episode.artwork, episode.chapters, episode.transcript] == ["picture.png", "chapters.txt", "transcript.vtt"])
  }

  @Test("several lists are read in their order; that there are none must be written")
  func lists() throws {
    let several = Self.leastEpisode.replacingOccurrences(of: "episode.ranges.csv", with: "[names.csv, network/a.txt]")
    #expect(try episode(several).ranges == ["names.csv", "network/a.txt"])
    #expect(try episode(Self.leastEpisode.replacingOccurrences(of: "episode.ranges.csv", with: "none")).ranges == [])
  }

  @Test("a # that begins a comment, or is in a word or in quotes, is none of a text's business")
  func hashes() throws {
    for (line, title) in [
      ("title: Le mois # the first", "Le mois"), ("title: C#1 \"b\"", "C#1 \"b\""),
      ("title: \"Le #1 du mois\"", "Le #1 du mois"),
      ("title: 'Le #1'", "Le #1"), ("title: |\n  Le #1", "Le #1"),
    ] {
      let others = Self.least.split(separator: "\n").filter { !$0.hasPrefix("title:") }
      #expect(try show((others + [Substring(line)]).joined(separator: "\n") + "\n").title == title)
    }
  }

  @Test("only folders with an episode.yaml are episodes, in the order of their names")
  func order() throws {
    for slug in ["010-b", "002-a"] { _ = try folder.write(Self.leastEpisode, "episodes/\(slug)/episode.yaml") }
    _ = try folder.write("", "episodes/notes/idea.txt")
    _ = try folder.write(Self.least, "show.yaml")
    #expect(try ShowFolder(folder.path).episodes().map(\.slug) == ["002-a", "010-b"])
  }

  @Test("a new show is read back as it was asked for, and keeps what is private from git", arguments: ["fr", "en"])
  func new(language: String) throws {
    let title = #"L'heure "syndicale" : n° 1 # \ 🎙"#
    let path = folder.file("mine")
    let written = try NewShow(title: title, language: language, address: "https://example.org").write(to: path)
    #expect(written.count == 3)
    let show = try ShowFolder(path).show()
    #expect((show.title, show.language, show.address) == (title, language, "https://example.org"))
    #expect(try ShowFolder(path).episodes().map(\.ranges) == [["episode.ranges.csv"]])
    #expect(folder.text("mine/.gitignore")?.contains("/.podcast/") == true)
    let rights = try FileManager.default.attributesOfItem(atPath: "\(path)/.podcast")[.posixPermissions] as? Int
    #expect(rights == 0o700)
    #expect(throws: ShowFolderError.self) {
      try NewShow(title: "b", language: language, address: "https://b.example").write(to: path)
    }
    #expect(try ShowFolder(path).show().title == title)
  }

  @Test("a new show goes to a folder with nothing in it but hidden files, such as those of git")
  func newInFolder() throws {
    let new = NewShow(title: "a", language: "en", address: "https://a.example")
    try folder.write("[core]\n", "mine/.git/config")
    #expect(try new.write(to: folder.file("mine")).count == 3)
    try folder.write("mine", "other/notes.txt")
    #expect { try new.write(to: folder.file("other")) } throws: { error in
      (error as? ShowFolderError)?.code == .alreadyThere && "\(error)".contains("new or empty")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("other")) == ["notes.txt"])
  }

  /// What is wrong with each, and with which file it is tried.
  static let wrongShows: [String] = [
    "titel: Réseau", "colour: red", "title: [a, b]", "title:\n  a: b", "title: \"a\u{1}b\"", "title: Again",
    "title: Le #1 du mois", "author: #metoo",
    "explicit: maybe", "language: français", "type: daily", "guid: 12", "address: podcast.example.org",
    "address: https://a.example/?q=1", "artwork: ../artwork.jpg", "artwork: /etc/passwd", "website: ftp://a.example",
    "sound: {bitrate: 31}", "sound: {bitrate: many}", "sound: {bitrate: 97}", "sound: {fill: beep}", "sound: {pad: -1}",
    "sound: {loud: yes}",
    "sound: 96", "categories: [a, [b]]", "\tauthor: a", "author: a: b", "author: &a [*a]", "email",
  ]
  static let wrongEpisodes: [String] = [
    "sound: ../other.wav", "sound: a//b.wav", "ranges: /etc/passwd", "ranges: [none, a.csv]", "ranges:",
    "ranges: {a: b}",
    "date: yesterday", "date: 2026-02-29", "date: 2026-11-24 25:00", "date: 24/11/2026", "number: 0", "number: 4e2",
    "season: -1", "type: half", "chapters: [a, b]", "image: a.jpg",
  ]

  @Test("what is wrong is said with its line and the remedy")
  func refusals() throws {
    var lines: [String] = []
    func refuse(_ line: String, _ least: String, _ read: (String) throws -> Void) {
      let key = line.prefix { $0 != ":" }
      let others = least.split(separator: "\n").filter { !$0.hasPrefix("\(key):") || line == "title: Again" }
      do {
        try read((others + [Substring(line)]).joined(separator: "\n") + "\n")
        lines.append("\(line) → taken")
      } catch { lines.append("\(line.debugDescription) → \(error)") }
    }
    for line in Self.wrongShows { refuse(line, Self.least) { _ = try show($0) } }
    for line in Self.wrongEpisodes { refuse(line, Self.leastEpisode) { _ = try episode($0) } }
    refuse("", "") { _ = try show($0) }
    for key in ["title", "artwork", "categories"] {
      refuse("\(key):", Self.least) { _ = try show($0) }
    }
    #expect(!lines.contains { $0.hasSuffix("taken") })
    let text = lines.joined(separator: "\n") + "\n"
    #expect(try text == Golden.text("Goldens/refusals.txt", now: text))
  }

  @Test("binary, huge, missing and deep files are refused, none of them with a crash")
  func hostile() throws {
    for text in [
      "\u{0}\u{1}\u{2}", String(repeating: "a: b\n", count: 300_000), String(repeating: "[", count: 100_000),
      String(repeating: "- ", count: 50_000), "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    ] {
      #expect(throws: ShowFolderError.self) { try show(text) }
    }
    #expect(throws: ShowFolderError.self) { try ShowFolder(folder.file("nowhere")) }
    #expect(throws: ShowFolderError.self) { try ShowFolder(folder.path).episode("../../etc") }
  }
}
