import Foundation
import ShowModel
import Store
import TestSupport
import Testing

@Suite struct ChangeMarkTests {
  private let folder: Folder
  private var path: String { folder.file(".podcast/catalogue.sqlite") }
  private static let day = Date(timeIntervalSince1970: 1_795_500_000)

  init() throws { folder = try Folder() }

  private static func build(_ digest: String) -> Build {
    Build(
      slug: "001-un", soundDigest: "1", rangesDigest: "2", settingsDigest: "3", digest: digest, byteCount: 4_711,
      milliseconds: 61_500, date: day)
  }

  private static func link(_ id: String) -> PrivateLink {
    PrivateLink(id: id, scope: .feed, name: PrivateText("Technicienne 7"), granted: day)
  }

  @Test("whatever changes who may hear what changes the number, by whichever program; counting and asking do not")
  func changes() throws {
    let (catalogue, other) = (try Catalogue(path: path), try Catalogue(path: path))
    var last = try catalogue.lastChange()
    func isChanged(by change: () throws -> Void) throws -> Bool {
      try change()
      defer { last = (try? catalogue.lastChange()) ?? last }
      return try catalogue.lastChange() != last
    }
    for catalogue in [other, catalogue] {
      let (id, newer) = catalogue === other ? ("aaaaaaaa", "bbbbbbbb") : ("cccccccc", "dddddddd")
      #expect(try isChanged { try catalogue.grant(Self.link(id), tokenDigest: "d") })
      #expect(
        try isChanged { try catalogue.rotate(id, to: Self.link(newer), tokenDigest: "e", overlapEnds: Self.day) })
      #expect(try isChanged { try catalogue.revoke(newer, at: Self.day) })
      #expect(try isChanged { _ = try catalogue.publish(Self.build(id), guid: "g", to: .everybody, at: Self.day) })
      #expect(try isChanged { _ = try catalogue.publish(Self.build(id), guid: "g", to: .invited, at: Self.day) })
      #expect(try isChanged { _ = try catalogue.withdraw("001-un", at: Self.day) })
      #expect(
        try !isChanged {
          try catalogue.record([
            DownloadPiece(
              link: id, slug: "001-un", revision: 1, app: "a", bytes: 99, minuteBytes: 10, date: Self.day)
          ])
          _ = try (catalogue.links(), catalogue.heard("001-un", through: id), catalogue.auditTrail())
        })
    }
  }

  @Test("as many changes, but others, of a copy are told apart")
  func copies() throws {
    let other = folder.file("copy.sqlite")
    do { try Catalogue(path: path).grant(Self.link("aaaaaaaa"), tokenDigest: "d") }
    try FileManager.default.copyItem(atPath: path, toPath: other)
    let (one, two) = (try Catalogue(path: path), try Catalogue(path: other))
    #expect(try one.lastChange() == two.lastChange())
    for catalogue in [one, two] { try catalogue.grant(Self.link("bbbbbbbb"), tokenDigest: "d") }
    #expect(try one.lastChange() != two.lastChange())
  }

  @Test("what is heard and who has a link is told in one answer")
  func heard() throws {
    let catalogue = try Catalogue(path: path)
    var limited = Self.link("aaaaaaaa")
    (limited.maxDownloads, limited.expires, limited.reason) = (2, Self.day + 60, PrivateText("écoute 🎧"))
    try catalogue.grant([(limited, "d"), (Self.link("bbbbbbbb"), "e")])
    var heard = try catalogue.heard("001-un", through: "aaaaaaaa")
    #expect(heard.revision == nil && heard.audience == nil && heard.link == limited)
    for digest in ["x", "y"] { _ = try catalogue.publish(Self.build(digest), guid: "g", to: .invited, at: Self.day) }
    try catalogue.record([
      DownloadPiece(link: "aaaaaaaa", slug: "001-un", revision: 2, app: "a", bytes: 99, minuteBytes: 10, date: Self.day)
    ])
    heard = try catalogue.heard("001-un", through: "aaaaaaaa")
    limited.downloads = 1
    #expect(heard.revision?.digest == "y" && heard.revision?.number == 2 && heard.audience == .invited)
    #expect(try heard.link == limited && heard.revision == catalogue.publication(of: "001-un")?.current)
    heard = try catalogue.heard("001-un", through: "' OR 1")
    #expect(heard.link == nil && heard.revision?.digest == "y")
    #expect(
      try catalogue.heard("001-un").link == nil && catalogue.heard("002-none", through: "bbbbbbbb").revision == nil)
    _ = try catalogue.withdraw("001-un", at: Self.day)
    heard = try catalogue.heard("001-un", through: "bbbbbbbb")
    #expect(heard.revision == nil && heard.link == Self.link("bbbbbbbb"))
  }

  @Test("several programs that open a new catalogue at the same moment all get it")
  func together() async throws {
    for number in 0..<20 {
      let path = folder.file("\(number)/catalogue.sqlite")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { _ = try Catalogue(path: path).auditTrail() } }
        try await group.waitForAll()
      }
    }
  }
}
