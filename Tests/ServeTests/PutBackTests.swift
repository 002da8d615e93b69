import Foundation
import HTTPTypes
import Publish
import Serve
import ShowModel
import Store
import Testing

/// A catalogue that is exchanged for another one under a server that runs.
@Suite struct PutBackTests {
  private let show: SmallShow
  private let link: GivenLink
  private let paths: [String]
  private let open: String

  init() throws {
    show = try SmallShow()
    let revision = try show.invite(to: "001-un", SmallShow.sound(1))
    link = try show.grant(.feed)
    open = try show.publish("002-deux", SmallShow.sound(2))
    paths = [show.sound(link, "001-un", revision), link.page, link.feed, open, "/episodes/002-deux/"]
  }

  private func file(_ name: String = "") -> String { show.catalogue.path + name }

  /// A copy of the catalogue, in which the link is revoked and the public episode withdrawn.
  private func copy() throws -> String {
    let files = FileManager.default
    let path = show.folder.file("copy/catalogue.sqlite")
    try files.createDirectory(atPath: show.folder.file("copy"), withIntermediateDirectories: true)
    for ending in ["", "-wal"] where files.fileExists(atPath: file(ending)) {
      try files.copyItem(atPath: file(ending), toPath: path + ending)
    }
    try Self.close(path) { copy in
      try copy.revoke(link.token.id, at: Date())
      _ = try copy.withdraw("002-deux", at: Date())
    }
    return path
  }

  /// Afterwards all of it is in one file.
  private static func close(_ path: String, after body: (Catalogue) throws -> Void) throws {
    try body(Catalogue(path: path))
    #expect(!FileManager.default.fileExists(atPath: "\(path)-wal"))
  }

  /// On one connection, each path twice, so that what is answered at once is among them.
  private func statuses(_ port: Int) async throws -> [String] {
    let paths = paths.flatMap { [$0, $0] }
    return try await Raw.onThread {
      let client = try Raw(port: port)
      return paths.map { path in
        client.send(Array("GET \(path) HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9\r\n\r\n".utf8))
        return String(client.answer().head.dropFirst(9).prefix(3))
      }
    }
  }

  private func check(_ site: Site) async throws -> Int {
    let names = try [Accelerator.askedField, Accelerator.methodField].map { try #require(HTTPField.Name($0)) }
    return try await show.get(Accelerator.check, [names[0]: open, names[1]: "HEAD"], at: site).status
  }

  @Test("put in its place by another name, it counts with the next request")
  func moved() async throws {
    let copy = try copy()
    let front = show.site(front: .accelerator)
    try await show.serving { port in
      #expect(try await statuses(port).allSatisfy { $0.hasPrefix("20") })
      #expect(try await check(front) == 204)
      #expect(rename(copy, file()) == 0)
      #expect(try await check(front) == 403)
      #expect(try await statuses(port).allSatisfy { $0 == "410" })
      // It is a whole one.
      let again = try show.grant(.feed)
      #expect(try await show.get(again.page).status == 200)
      #expect(try Catalogue(path: file()).links().count == 2)
    }
  }

  @Test("copied into the same file, it counts with the next request, also where it has seen as many changes")
  func copied() async throws {
    let copy = try copy()
    try show.catalogue.close()
    // As many changes as in the copy.
    try Self.close(file()) { catalogue in
      try catalogue.grant(
        PrivateLink(id: "aaaaaaaa", scope: .feed, name: PrivateText("x"), granted: SmallShow.day), tokenDigest: "d")
      try catalogue.revoke("aaaaaaaa", at: Date())
    }
    let catalogue = try Catalogue(path: file())
    let later = show.site(over: catalogue)
    func statuses() async throws -> [Int] {
      var all: [Int] = []
      for path in paths { all.append(try await show.get(path, at: later).status) }
      return all
    }
    #expect(try await statuses().allSatisfy { $0 == 200 })
    let bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
    let handle = try #require(FileHandle(forWritingAtPath: file()))
    try handle.write(contentsOf: bytes)
    try handle.truncate(atOffset: UInt64(bytes.count))
    try handle.close()
    #expect(try await statuses().allSatisfy { $0 == 410 })
  }

  @Test("where a file was only written anew, what was decided still holds")
  func same() async throws {
    try await show.serving { port in
      #expect(try await statuses(port).allSatisfy { $0.hasPrefix("20") })
      let before = show.catalogue.lastChangeAtOnce()
      #expect(before != nil && utimes(file(), nil) == 0 && show.catalogue.lastChangeAtOnce() == nil)
      let after = try show.catalogue.lastChange()
      #expect(after == before && show.catalogue.lastChangeAtOnce() == before)
      #expect(try await statuses(port).allSatisfy { $0.hasPrefix("20") })
    }
  }

  @Test("while it is missing, or is none, nobody gets anything; then all is as before")
  func missing() async throws {
    try await show.serving { port in
      #expect(try await statuses(port).allSatisfy { $0.hasPrefix("20") })
      let aside = show.folder.file("aside")
      for damage in [nil, String(repeating: "no database", count: 1_000)] {
        #expect(rename(file(), aside) == 0)
        if let damage { try damage.write(toFile: file(), atomically: false, encoding: .utf8) }
        #expect(try await statuses(port).allSatisfy { $0 == "503" })
        #expect(FileManager.default.fileExists(atPath: file()) == (damage != nil))
        #expect(rename(aside, file()) == 0)
        #expect(try await statuses(port).allSatisfy { $0.hasPrefix("20") })
      }
    }
  }
}
