import Foundation
import ShowModel
import Store
import Testing

@Suite struct WithdrawalTests {
  private let show: SmallShow
  init() throws { show = try SmallShow() }

  private func status(_ path: String) async throws -> Int { try await show.get(path).status }

  @Test("the current revision alone plays; earlier addresses are gone, also where their files are still there")
  func revisions() async throws {
    let old = try show.publish("001-un", SmallShow.sound(1))
    #expect(try await status(old) == 200)
    let new = try show.publish("001-un", SmallShow.sound(2))
    #expect(try await status(old) == 410)
    #expect(try await show.get(new).body == SmallShow.sound(2))
    #expect(try await status("/episodes/001-un/") == 200)
  }

  @Test("withdrawn by another program, an episode is gone with the next request and the next range")
  func withdrawn() async throws {
    let media = try show.publish("001-un", SmallShow.sound(1))
    #expect(try await show.get(media, [.range: "bytes=0-99"]).status == 206)
    let other = try Catalogue(path: show.catalogue.path)
    _ = try other.withdraw("001-un", at: Date())
    #expect(try await show.get(media, [.range: "bytes=100-199"]).status == 410)
    #expect(try await show.get(media, [.ifNoneMatch: "*"]).status == 410)
    for path in [media, "/episodes/001-un/", "/episodes/001-un"] { #expect(try await status(path) == 410) }
    let again = try show.publish("001-un", SmallShow.sound(1))
    #expect(again != media)
    #expect(try await status(again) == 200)
    #expect(try await status(media) == 410)
    #expect(try await status("/episodes/001-un/") == 200)
  }

  @Test("kept for the invited, it is gone for everybody else, until it is opened again")
  func closed() async throws {
    let media = try show.publish("001-un", SmallShow.sound(1))
    try show.publish("001-un", SmallShow.sound(1), to: .invited)
    for path in [media, "/episodes/001-un/"] { #expect(try await status(path) == 410) }
    try show.publish("001-un", SmallShow.sound(1))
    for path in [media, "/episodes/001-un/"] { #expect(try await status(path) == 200) }
  }

  @Test("of an episode that only the invited ever had, nobody else learns that it exists")
  func neverOpen() async throws {
    let media = try show.publish("002-prive", SmallShow.sound(1), to: .invited)
    try show.folder.write(SmallShow.sound(1), "public\(media)")
    try show.write("secret", "episodes/002-prive/index.html")
    let paths = [media, "/episodes/002-prive/", "/episodes/002-prive"]
    // Without pages to say it, and with.
    for _ in 0..<2 {
      for path in paths {
        let answer = try await show.get(path)
        let unknown = try await show.get(path.replacing("002-prive", with: "002-jamais"))
        #expect(answer.status == 404 && answer.fields == unknown.fields && answer.body == unknown.body, "\(path)")
      }
      try show.invite(to: "003-autre", SmallShow.sound(3))
    }
    _ = try show.catalogue.withdraw("002-prive", at: Date())
    for path in paths { #expect(try await status(path) == 404) }
    try show.publish("002-prive", SmallShow.sound(1))
    try show.publish("002-prive", SmallShow.sound(1), to: .invited)
    #expect(try await status("/episodes/002-prive/") == 410)
  }

  @Test("who comes to a page that is gone, or never was, reads so in the language of the show, and finds the episodes")
  func explained() async throws {
    try show.invite(to: "002-prive", SmallShow.sound(2))
    try show.publish("001-un", SmallShow.sound(1))
    _ = try show.catalogue.withdraw("001-un", at: Date())
    for (path, status, words) in [
      ("/episodes/001-un/", 410, "Cet épisode n’est plus disponible"), ("/episodes/002-prive/", 404, "Cette page"),
      ("/episode/42", 404, "Cette page n’existe pas"), ("/..%2f", 404, "Cette page n’existe pas"),
    ] {
      let answer = try await show.get(path)
      let text = String(decoding: answer.body, as: UTF8.self)
      #expect(answer.status == status && answer.fields[.contentType] == "text/html; charset=utf-8", "\(path)")
      #expect(text.contains(words) && text.contains("Tous les épisodes") && !text.contains("prive"), "\(path)")
    }
    let broken = try await show.get("/media/001-un/0123456789abcdefr9.mp3")
    #expect(broken.fields[.contentType] == "text/plain; charset=utf-8")
    try show.folder.write([1], ".podcast/shelf/shelf.json")
    #expect(try await status("/episodes/001-un/") == 410)
    #expect(try await status("/episodes/none/") == 404)
  }

  @Test("a file that is not what the catalogue says is not sent")
  func otherBytes() async throws {
    let media = try show.publish("001-un", SmallShow.sound(1))
    #expect(try await status(media) == 200)
    for wrong in [SmallShow.sound(2), SmallShow.sound(1, count: 300_000), []] {
      try show.folder.write(wrong, "public\(media)")
      let answer = try await show.get(media)
      #expect(answer.status == 503 && answer.body.count < 100)
    }
    try FileManager.default.removeItem(atPath: show.folder.file("public\(media)"))
    #expect(try await status(media) == 503)
    try show.folder.write(SmallShow.sound(1), "public\(media)")
    #expect(try await status(media) == 200)
    try show.folder.write(SmallShow.sound(3), "public/media/001-un/0123456789abcdefr1.mp3")
    #expect(try await status("/media/001-un/0123456789abcdefr1.mp3") == 404)
  }

  @Test("a picture or a text whose name is not of its bytes is not sent")
  func otherContent() async throws {
    let picture = try show.add("P", "art", "png")
    try show.write("Q", String(picture.dropFirst()))
    #expect(try await status(picture) == 404)
  }

  @Test("an episode's page without its last slash leads to it, where it may be seen")
  func slash() async throws {
    try show.publish("001-un", SmallShow.sound(1))
    let answer = try await show.get("/episodes/001-un")
    #expect(answer.status == 301 && answer.fields[.location] == "/episodes/001-un/")
    #expect(try await status("/episodes/none") == 404)
  }
}
