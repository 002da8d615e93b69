import Foundation
import TestSupport
import Testing

@Suite struct ShowTests {
  @Test("what did not change is not built again; one more range is, and the MP3 without it is gone")
  func building() throws {
    let show = try SampleShow()
    let first = try show.run("build")
    #expect(
      first.status == 0 && first.errorText.contains("001-un: built") && first.errorText.contains("002-deux: built"))
    let builds = show.files(".podcast/builds")
    #expect(builds.count == 2)
    let unchanged = try show.run("build").errorText.split(separator: "\n")
    for (slug, line) in zip(["001-un", "002-deux"], unchanged) {
      #expect(line.hasPrefix("\(slug): nothing has changed. To listen to it: "))
      #expect(builds.contains { line.hasSuffix("/.podcast/builds/\($0)") })
    }
    #expect(unchanged.count == 2)
    try show.write(Command.list + "1.1,1.2,,,Marchetti,\n", "episodes/001-un/ranges.csv")
    let again = try show.run("build", "--quiet")
    #expect(again.status == 0 && again.errors.isEmpty)
    let rebuilt = show.files(".podcast/builds")
    #expect(rebuilt.count == 2 && Set(rebuilt).subtracting(builds).count == 1)
  }

  @Test("of a recording or an episode that is not there any more, no encoded parts are kept")
  func oldParts() throws {
    let show = try SampleShow()
    let folder = show.command.folder.file("show/episodes/")
    #expect(try show.run("build").status == 0)
    let before = Set(show.files(".podcast/parts").map { $0.split(separator: "/").prefix(2).joined(separator: "/") })
    #expect(before == ["001-un/episode.wav", "002-deux/episode.wav"])
    let files = FileManager.default
    try files.removeItem(atPath: folder + "002-deux")
    try files.moveItem(atPath: folder + "001-un/episode.wav", toPath: folder + "001-un/cut.wav")
    let text = try #require(show.command.folder.text("show/episodes/001-un/episode.yaml"))
    try show.write(text.replacing("episode.wav", with: "cut.wav"), "episodes/001-un/episode.yaml")
    try show.write("start,end\n0.1,0.4\n", "episodes/001-un/ranges.csv")
    let ended = try show.run("build")
    #expect(ended.status == 0, "\(ended.errorText)")
    let after = Set(show.files(".podcast/parts").map { $0.split(separator: "/").prefix(2).joined(separator: "/") })
    #expect(after == ["001-un/cut.wav"])
  }

  @Test("one episode that can't be built does not keep the others from it")
  func oneFails() throws {
    let show = try SampleShow()
    try show.write("start,end\n1.9,1.8\n", "episodes/001-un/ranges.csv")
    let ended = try show.run("build")
    #expect(ended.status == 65)
    #expect(ended.errorText.contains("002-deux: built") && ended.errorText.contains("1 of 2 episodes"))
    #expect(ended.errorText.contains("episodes/001-un/ranges.csv:2"))
  }

  @Test("an episode without its recording, and one whose name can't be in an address, are told what they lack")
  func lacking() throws {
    let show = try SampleShow()
    let folder = show.command.folder.file("show/episodes/")
    try FileManager.default.removeItem(atPath: folder + "001-un/episode.wav")
    let lost = try show.run("build", "001-un")
    #expect(lost.status == 66 && lost.errorText.contains("episode.wav: there is no such file. "), "\(lost.errorText)")
    try FileManager.default.moveItem(atPath: folder + "002-deux", toPath: folder + "002 Été")
    for command in ["build", "publish"] {
      let named = try show.run(command, "002 Été")
      #expect(named.status == 65 && named.errorText.contains("can't be in a web address. Rename the folder"))
    }
  }

  @Test("nothing is published that is not what was built from these files")
  func changed() throws {
    let show = try SampleShow()
    #expect(try show.run("publish", "001-un").errorText.contains("not built yet"))
    #expect(try show.run("build", "001-un").status == 0)
    func refused(_ path: String, _ bytes: [UInt8], _ words: String) throws {
      let before = try show.command.data("show/\(path)")
      try show.command.folder.write(bytes, "show/\(path)")
      let ended = try show.run("publish", "001-un")
      #expect([65, 66].contains(ended.status) && ended.errorText.contains(words), "\(ended.errorText)")
      try show.command.folder.write(before, "show/\(path)")
    }
    let episode = "episodes/001-un"
    try refused("\(episode)/ranges.csv", Array((Command.list + "1.2,1.3,,,,\n").utf8), "what is to be covered changed")
    try refused("\(episode)/episode.wav", Wave.noise(seconds: 2, seed: 9), "the recording changed")
    try refused("\(episode)/episode.yaml", Array(show.episode("Autre titre").utf8), "changed since")
    try refused("show.yaml", Array((SampleShow.yaml + "sound: {fill: noise}\n").utf8), "changed since")
    try refused(".podcast/builds/\(show.files(".podcast/builds")[0])", [1], "gone or is not what it was")
    #expect(show.files("public").isEmpty)
    #expect(try show.run("publish", "001-un").status == 0)
  }

  @Test("a published episode is in the feed with the size and digest of the file at its address")
  func publishing() throws {
    let show = try SampleShow.withBothPublished()
    #expect(show.enclosures.count == 2 && Set(show.guids).count == 2)
    for enclosure in show.enclosures {
      #expect(try show.command.data("show/public/\(enclosure.path)").count == enclosure.size)
    }
    #expect(show.sounds().sorted() == show.enclosures.map(\.path).sorted())
    let page = try #require(show.command.folder.text("show/public/episodes/001-un/index.html"))
    #expect(page.contains("<html lang=\"fr\">") && page.contains("Épisode 1") && page.contains("<audio controls"))
    let index = try #require(show.command.folder.text("show/public/index.html"))
    #expect(index.contains("<a href=\"pktc://subscribe/podcast.example.org/feed.xml\">Pocket Casts</a>"))
    // Links of pages lead to files that are there, from wherever the page is opened.
    let links = page.matches(of: /(?:src|href)="(\.\.\/[^"]*)"/).map { String($0.output.1) }
    #expect(links.count == 4)
    for link in links {
      #expect(FileManager.default.fileExists(atPath: show.command.folder.file("show/public/episodes/001-un/\(link)")))
    }
    let list = try show.run("feed", "--list").outputText
    #expect(list.contains("001-un    everybody   1") || list.contains("001-un"))
    #expect(try show.run("publish", "001-un").errorText.contains("Published already"))
  }

  @Test("covered again, an episode keeps its guid, and its old address is gone")
  func revised() throws {
    let show = try SampleShow.withBothPublished()
    let (guids, old) = (show.guids, show.sounds())
    try show.write(Command.list + "1.1,1.2,,,,\n", "episodes/001-un/ranges.csv")
    #expect(try show.run("build").status == 0)
    #expect(show.sounds() == old && show.files(".podcast/builds").count == 3)
    let ended = try show.run("publish", "001-un")
    #expect(show.files(".podcast/builds").count == 2, "what was covered too little is kept nowhere")
    #expect(ended.errorText.contains("revision 2") && ended.errorText.contains("old address is gone"))
    #expect(Set(show.guids) == Set(guids))
    #expect(show.sounds().count == 2 && Set(show.sounds()).intersection(old).count == 1)
    #expect(show.sounds().sorted() == show.enclosures.map(\.path).sorted())
  }

  @Test("a withdrawn episode is nowhere; published again, it has another address and the same guid")
  func withdrawn() throws {
    let show = try SampleShow.withBothPublished()
    let (guids, old) = (show.guids, show.sounds())
    let ended = try show.run("withdraw", "001-un")
    #expect(ended.status == 0 && ended.errorText.contains("can't be undone"))
    #expect(show.sounds().count == 1 && show.enclosures.count == 1)
    #expect(!show.files("public").contains { $0.contains("001-un") })
    #expect(String(decoding: try show.published(), as: UTF8.self).contains("001-un") == false)
    #expect(try show.run("withdraw", "001-un").errorText.contains("It had been withdrawn already."))
    #expect(try show.run("build", "001-un").status == 0)
    let forgotten = try show.run("publish", "001-un")
    #expect(forgotten.status == 64 && forgotten.errorText.contains("say by whom"))
    #expect(show.sounds().count == 1)
    #expect(try show.run("publish", "001-un", "--public").status == 0)
    #expect(Set(show.guids) == Set(guids) && Set(show.sounds()).intersection(old).count == 1)
  }

  @Test("what an earlier withdrawal did not come to goes with the next one, also where the show is broken")
  func withdrawnAgain() throws {
    let show = try SampleShow.withBothPublished()
    let (sound, feed) = (try #require(show.enclosures.first { $0.path.contains("001-un") }).path, show.feed)
    let bytes = try show.command.data("show/public/\(sound)")
    #expect(try show.run("withdraw", "001-un").status == 0)
    for yaml in [SampleShow.yaml, "title: [\n"] {
      try show.write(yaml, "show.yaml")
      try show.command.folder.write(bytes, "show/public/\(sound)")
      try show.write(feed, "public/feed.xml")
      #expect(try show.run("withdraw", "001-un").status == (yaml == SampleShow.yaml ? 0 : 65))
      #expect(try !String(decoding: show.published(), as: UTF8.self).contains("001-un") && show.sounds().count == 1)
    }
  }

  @Test("it can be withdrawn when the show's files are broken: all of it is gone, and the editor is told so")
  func withdrawnBroken() throws {
    let show = try SampleShow.withBothPublished()
    try show.write("WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n", "episodes/001-un/said.vtt")
    try show.write(show.episode("Épisode 1") + "transcript: said.vtt\n", "episodes/001-un/episode.yaml")
    #expect(try show.run("publish", "001-un").status == 0)
    #expect(show.files("public").contains { $0.hasSuffix(".vtt") })
    try show.write("title: [\n", "show.yaml")
    let ended = try show.run("withdraw", "001-un")
    #expect(ended.status == 65 && ended.errorText.contains("“001-un” is withdrawn and its public sound is gone"))
    #expect(show.sounds().count == 1)
    let left = String(decoding: try show.published(), as: UTF8.self)
    #expect(!left.contains("Épisode 1") && !left.contains("Bonjour") && !left.contains("001-un"))
    try show.write(SampleShow.yaml, "show.yaml")
    #expect(try show.run("feed").status == 0)
    #expect(show.enclosures.count == 1)
  }

  @Test(
    "at an address of one's own computer a show can be tried out; no directory would take it, and it is not exported")
  func trial() throws {
    let show = try SampleShow.withBothPublished()
    try show.write(SampleShow.yaml.replacing("https://podcast.example.org", with: "http://127.0.0.1:8080"), "show.yaml")
    let published = try show.run("publish", "001-un")
    #expect(published.status == 0 && published.errorText.contains("for trying out"))
    #expect(show.feed.contains("<enclosure url=\"http://127.0.0.1:8080/"))
    for command in [["feed", "--check"], ["export", "site"]] {
      let ended = try show.run(command)
      #expect(ended.status == 65 && ended.errorText.contains("show.yaml: http://127.0.0.1:8080 is an address"))
      #expect(ended.errorText.split(separator: "\n").count <= 2)
    }
    #expect(!FileManager.default.fileExists(atPath: show.command.folder.file("site")))
  }

  @Test("for the invited: in no feed, on no page; moved there, it leaves the public site")
  func invited() throws {
    let show = try SampleShow.withBothPublished()
    #expect(try show.run("publish", "001-un", "--private").errorText.contains("Taken out of the feed"))
    #expect(show.sounds().count == 1)
    #expect(try !String(decoding: show.published(), as: UTF8.self).contains("001-un"))
    try show.write(show.episode("Autre titre"), "episodes/001-un/episode.yaml")
    #expect(try show.run("build", "001-un").status == 0)
    let kept = try show.run("publish", "001-un")
    #expect(kept.status == 0 && kept.errorText.contains("in no feed") && kept.errorText.contains("--public"))
    #expect(try !String(decoding: show.published(), as: UTF8.self).contains("001-un"))
    #expect(try show.run("publish", "001-un", "--public").errorText.contains("Opened to everybody"))
    #expect(show.sounds().count == 2)
  }

  @Test("it leaves the public site also where the rest of the show is broken")
  func invitedBroken() throws {
    let show = try SampleShow.withBothPublished()
    try show.write(show.episode("Épisode 2") + "bogus: 1\n", "episodes/002-deux/episode.yaml")
    let ended = try show.run("publish", "001-un", "--private")
    #expect(
      ended.status == 65 && ended.errorText.contains("“001-un” is for who is invited and its public sound is gone"))
    #expect(try !String(decoding: show.published(), as: UTF8.self).contains("001-un") && show.sounds().count == 1)
  }

  @Test("nothing goes to everybody before its date; who has a link may hear it")
  func toCome() throws {
    let show = try SampleShow.withBothPublished()
    try show.write(show.episode("Épisode 1") + "date: 2999-01-05 08:00 Z\n", "episodes/001-un/episode.yaml")
    #expect(try show.run("build", "001-un").status == 0)
    let (ended, before) = (try show.run("publish", "001-un"), show.feed)
    #expect(ended.status == 65 && ended.errorText.contains("2999-01-05 08:00:00Z, is still to come"))
    #expect(show.feed == before)
    #expect(try show.run("publish", "001-un", "--private").status == 0)
  }

  @Test("published again after it was withdrawn, it says which links open it again")
  func reopened() throws {
    let show = try SampleShow.withBothPublished()
    for words in [["001-un", "--to", "a"], ["--feed", "--to", "b"], ["002-deux", "--to", "c"]] {
      #expect(try show.run(["link", "grant"] + words).status == 0)
    }
    #expect(try show.run("withdraw", "001-un").status == 0)
    #expect(try show.run("publish", "001-un", "--private").errorText.contains("2 links open it again."))
    #expect(try show.run("withdraw", "001-un").errorText.contains("is withdrawn: no link opens it"))
  }

  @Test("what a directory would refuse is refused with all reasons, and the site stays as it was")
  func gate() throws {
    let show = try SampleShow.withBothPublished()
    let before = try show.published()
    let wrong = SampleShow.yaml.replacingOccurrences(of: "Business / Careers", with: "Buisness")
      .replacingOccurrences(of: "https://podcast", with: "http://podcast")
    try show.write(wrong, "show.yaml")
    let check = try show.run("feed", "--check")
    #expect(check.status == 65 && check.errorText.contains("apple.") && check.errorText.contains("show.yaml"))
    #expect(try show.run("feed").status == 65)
    #expect(try show.published() == before)
  }

  @Test("a check says where what is published is older than what is written")
  func older() throws {
    let show = try SampleShow.withBothPublished()
    #expect(try show.run("feed", "--check").errorText == "The feed is right.\n")
    try show.write(SampleShow.yaml.replacing("podcast.example.org", with: "son.example.org"), "show.yaml")
    let check = try show.run("feed", "--check")
    #expect(check.status == 0 && check.errorText.contains("has an older one: run “podcast feed”"))
    #expect(try show.run("feed").status == 0)
    #expect(try show.run("feed", "--check").errorText == "The feed is right.\n")
  }

  @Test("an export is the public site, on any server, and nothing else is ever removed by it")
  func export() throws {
    let show = try SampleShow.withBothPublished()
    #expect(try show.run("export", "out").status == 0)
    for name in show.files("public") {
      #expect(try show.command.data("out/\(name)") == show.command.data("show/public/\(name)"))
    }
    #expect(try show.run("withdraw", "001-un").status == 0)
    #expect(try show.run("export", "out").status == 0)
    #expect(
      FileManager.default.enumerator(atPath: show.command.folder.file("out"))?.contains {
        ($0 as? String)?.contains("001-un") == true
      } == false)
    try show.command.folder.write("mine", "other/media/mine.txt")
    #expect(try show.run("export", "other").status == 73)
    #expect(show.command.folder.text("other/media/mine.txt") == "mine")
  }

  @Test("nothing private is in what is published, or said by any command")
  func privacy() throws {
    let show = try SampleShow.withBothPublished()
    var said = try show.run("feed").errors + show.run("feed", "--list").output + show.run("build").errors
    said += try show.run("withdraw", "002-deux").errors
    #expect(!Command.holdsSecret(try show.published() + said))
    #expect(!String(decoding: try show.published(), as: UTF8.self).contains("ranges.csv"))
    #expect(!Command.holdsSecret(try show.command.data("show/.podcast/catalogue.sqlite")))
  }
}
