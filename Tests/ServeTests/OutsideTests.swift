import Foundation
import HTTPTypes
import Testing

@Suite struct OutsideTests {
  private let show: SmallShow
  init() throws { show = try SmallShow() }

  @Test("what lies in public and was not published by the program is not there")
  func notPublished() async throws {
    for name in [
      ".htpasswd", "feed.xml.part", ".podcast-1.part", "notes.txt", "media/001-un/.podcast-1.part", "text/.hidden.txt",
      "text/0123456789abcdef.txt.part", "episodes/001-un/.index.html", "media/x.mp3", "art/photo.png",
    ] {
      try show.write("secret", name)
      #expect(try await show.get("/\(name)").status == 404, "\(name)")
    }
    for folder in ["/media/", "/media", "/episodes/", "/art/", "/index.html/", "/feed.xml/"] {
      #expect(try await show.get(folder).status == 404, "\(folder)")
    }
  }

  @Test("a link that was planted in public leads nowhere, be it a file or a folder of the way")
  func links() async throws {
    let files = FileManager.default
    let sound = SmallShow.sound(1)
    let media = try show.publish("001-un", sound)
    let picture = try show.add("P", "art", "png")
    try show.folder.write(sound, "outside/sound.mp3")
    try show.folder.write("P", "outside/\((picture as NSString).lastPathComponent)")
    try show.folder.write("secret", "outside/index.html")
    func replace(_ name: String, by target: String) throws {
      try files.removeItem(atPath: show.folder.file("public/\(name)"))
      try files.createSymbolicLink(
        atPath: show.folder.file("public/\(name)"), withDestinationPath: show.folder.file("outside/\(target)"))
    }
    try replace(String(media.dropFirst()), by: "sound.mp3")
    #expect(try await show.get(media).status == 503)
    try replace("feed.xml", by: "index.html")
    #expect(try await show.get("/feed.xml").status == 404)
    try replace("episodes/001-un", by: ".")
    #expect(try await show.get("/episodes/001-un/").status == 404)
    try replace("art", by: ".")
    #expect(try await show.get(picture).status == 404)
  }

  @Test("a folder or a pipe under a published name holds nobody up")
  func noFiles() async throws {
    for name in ["feed.xml", "robots.txt"] {
      try FileManager.default.removeItem(atPath: show.folder.file("public/\(name)"))
    }
    try FileManager.default.createDirectory(
      atPath: show.folder.file("public/feed.xml"), withIntermediateDirectories: true)
    #expect(mkfifo(show.folder.file("public/robots.txt"), 0o600) == 0)
    for path in ["/feed.xml", "/robots.txt"] { #expect(try await show.get(path).status == 404, "\(path)") }
  }

  @Test("the log has a line for each request, without query, private link or unknown address")
  func log() async throws {
    let media = try show.publish("001-un", SmallShow.sound(1))
    _ = try await show.get("/feed.xml?key=SECRET")
    _ = try await show.get(media, [.range: "bytes=0-99"])
    _ = try await show.get("/", method: .head)
    for path in [
      "/p/SECRET/feed.xml", "/p/SECRET", "/p/%53ECRET", "/P/SECRET", "//p/SECRET", "/feed.xml/SECRET", "p/SECRET",
    ] {
      #expect(try await show.get(path).status == 404, "\(path)")
    }
    let lines = show.logged
    let form = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (GET|HEAD) (\S+) (\d{3}) (\d+) \d+\.\d/
    let seen = lines.compactMap { $0.wholeMatch(of: form)?.output }.map { "\($0.1) \($0.2) \($0.3) \($0.4)" }
    #expect(seen.count == lines.count)
    #expect(
      seen == [
        "GET /feed.xml 200 \(SmallShow.feed.utf8.count)", "GET \(media) 206 100", "HEAD / 200 0", "GET /p/ 404 10",
        "GET /p/ 404 10", "GET /p/ 404 10", "GET (unknown) 404 10", "GET (unknown) 404 10", "GET (unknown) 404 10",
        "GET (unknown) 404 10",
      ])
    #expect(!lines.joined().contains("SECRET"))
  }
}
