import Foundation
import TestSupport
import Testing

/// Several at once, and killed at any moment.
@Suite(.serialized) struct ShowTroubleTests {
  private let show: SampleShow

  init() throws { show = try SampleShow.withBothPublished() }

  /// What the site must be, whatever happened before.
  private func check() throws {
    let list = try show.run("feed", "--list")
    #expect(list.status == 0)
    #expect(try show.run("feed").status == 0)
    let heard = list.outputText.split(separator: "\n").filter { $0.contains("everybody") }.count
    #expect(show.enclosures.count == heard)
    #expect(show.sounds().sorted() == show.enclosures.map(\.path).sorted())
    for enclosure in show.enclosures {
      #expect(try show.command.data("show/public/\(enclosure.path)").count == enclosure.size)
    }
    #expect(!show.files("public").contains { $0.contains(".part") })
  }

  @Test("killed at any moment, publishing and withdrawing leave a site that the next command makes right")
  func killed() throws {
    var seeded = Seeded(29)
    let start = Date()
    #expect(try show.run("publish", "002-deux").status == 0)
    let duration = Date().timeIntervalSince(start)
    var stopped = 0
    for number in 0..<20 {
      let slug = ["001-un", "002-deux"].randomElement(using: &seeded) ?? ""
      let words = number % 2 == 0 ? ["withdraw", slug] : ["publish", slug, "--public"]
      let tool = try show.command.start(words + ["--show", "show"])
      Thread.sleep(forTimeInterval: duration * Double.random(in: 0..<1, using: &seeded))
      tool.send(signal: SIGKILL)
      stopped += try tool.wait().status == -SIGKILL ? 1 : 0
      try check()
    }
    #expect(stopped >= 5)
  }

  @Test("several commands at once lose nothing: the site is what the catalogue says")
  func together() throws {
    for round in 0..<3 {
      let commands = [
        ["publish", "001-un", "--public"], ["publish", "002-deux"], round == 1 ? ["withdraw", "001-un"] : ["feed"],
        ["feed"],
      ]
      let tools = try commands.map { try show.command.start($0 + ["--show", "show"]) }
      for tool in tools { #expect([0, 64, 66].contains(try tool.wait().status)) }
      try check()
    }
  }

  @Test(
    "a full disk is said and leaves no half of anything; with room again, the next command makes it right",
    .enabled(if: Privileges.canMount))
  func full() throws {
    let ended = try show.command.runMounting(
      """
      rm -r show/public && mkdir show/public && mount -t tmpfs -o size=20k tmpfs show/public
      "$podcast" publish 001-un --show show && exit 9
      [ $? = 74 ] && [ -z "$(find show/public -name '*.mp3' -o -name '*.part' -o -name feed.xml)" ]
      umount show/public
      """)
    #expect(ended.status == 0, "\(ended.errorText)")
    try check()
  }

  @Test("covered again, the sound that was not covered enough is gone, also where the rest can't be written")
  func unwritable() throws {
    let yaml = show.episode("Épisode 1") + "transcript: said.vtt\n"
    try show.write("WEBVTT\n\n00:00.000 --> 00:01.000\nMarchetti\n", "episodes/001-un/said.vtt")
    try show.write(yaml, "episodes/001-un/episode.yaml")
    for words in [["build", "001-un"], ["publish", "001-un"]] { #expect(try show.run(words).status == 0) }
    #expect(show.files("public").contains { $0.hasSuffix(".vtt") })
    let old = try #require(show.sounds().first { $0.contains("001-un") })
    try show.write("WEBVTT\n\n00:00.000 --> 00:01.000\n…\n", "episodes/001-un/said.vtt")
    try show.write(Command.list + "1.1,1.2,,,,\n", "episodes/001-un/ranges.csv")
    #expect(try show.run("build", "001-un").status == 0)
    let robots = show.command.folder.file("show/public/robots.txt")
    try FileManager.default.removeItem(atPath: robots)
    try FileManager.default.createDirectory(atPath: robots, withIntermediateDirectories: false)
    let ended = try show.run("publish", "001-un")
    #expect(ended.status == 73 && ended.errorText.contains("robots.txt"))
    #expect(!show.sounds().contains(old) && !show.files("public").contains { $0.hasSuffix(".vtt") })
    try FileManager.default.removeItem(atPath: robots)
    try check()
  }
}
