import Foundation
import ShowModel
import Store
import TestSupport
import Testing

@Suite struct LinkTests {
  private let folder: Folder
  private let catalogue: Catalogue
  private static let day = Date(timeIntervalSince1970: 1_795_500_000.25)

  init() throws {
    folder = try Folder()
    catalogue = try Catalogue(path: folder.file(".podcast/catalogue.sqlite"))
  }

  private static func link(_ id: String, _ scope: PrivateLink.Scope = .episode("042-reseau")) -> PrivateLink {
    PrivateLink(id: id, scope: scope, name: PrivateText("Technicienne 7"), granted: day)
  }

  private func code(_ body: () throws -> Void) -> StoreError.Code? {
    #expect(throws: StoreError.self) { try body() }?.code
  }

  @Test("a link is there again as it was granted, with the digest of its token")
  func grants() throws {
    var full = Self.link("aaaaaaaa")
    full.reason = PrivateText("Elle l'a demandé 🎧")
    full.expires = Self.day.addingTimeInterval(86_400)
    full.maxDownloads = 3
    let feed = Self.link("bbbbbbbb", .feed)
    try catalogue.grant(full, tokenDigest: "d1")
    try catalogue.grant(feed, tokenDigest: "d2")
    #expect(try catalogue.links() == [full, feed])
    #expect(try catalogue.link("aaaaaaaa") == full)
    let credential = try #require(try catalogue.credential(of: "bbbbbbbb"))
    #expect(credential.link == feed && credential.tokenDigest == "d2")
    #expect(try catalogue.credential(of: "cccccccc") == nil && catalogue.link("' OR 1") == nil)
    let lines = try catalogue.auditTrail()
    #expect(lines.map(\.event) == [.granted, .granted] && lines.map(\.subject) == ["042-reseau", "feed"])
    #expect(lines.map(\.detail) == ["aaaaaaaa", "bbbbbbbb"])
  }

  @Test("of many at once, all are granted or none")
  func bulk() throws {
    let links = ["aaaaaaaa", "bbbbbbbb", "aaaaaaaa"].map { (link: Self.link($0), tokenDigest: "d") }
    #expect(throws: StoreError.self) { try catalogue.grant(links) }
    #expect(try catalogue.links().isEmpty && catalogue.auditTrail().isEmpty)
    try catalogue.grant(Array(links.prefix(2)))
    #expect(try catalogue.links().count == 2 && catalogue.auditTrail().count == 2)
  }

  @Test("a revoked link is revoked once and for all; of several, all are or none")
  func revocation() throws {
    try catalogue.grant(["aaaaaaaa", "bbbbbbbb"].map { (Self.link($0), "d") })
    try catalogue.revoke("aaaaaaaa", at: Self.day)
    #expect(try catalogue.link("aaaaaaaa")?.state(at: .distantPast) == .revoked)
    #expect(code { try catalogue.revoke("aaaaaaaa", at: Self.day) } == .alreadyRevoked)
    #expect(code { try catalogue.revoke("cccccccc", at: Self.day) } == .noLink)
    #expect(code { try catalogue.revoke(["bbbbbbbb", "aaaaaaaa"], at: Self.day) } == .alreadyRevoked)
    #expect(try catalogue.link("bbbbbbbb")?.state(at: Self.day) == .open)
    #expect(try catalogue.auditTrail().filter { $0.event == .revoked }.map(\.detail) == ["aaaaaaaa"])
  }

  @Test("a rotated link is open until the overlap ends, and never longer than it was")
  func rotation() throws {
    var short = Self.link("bbbbbbbb")
    short.expires = Self.day.addingTimeInterval(60)
    try catalogue.grant([(Self.link("aaaaaaaa"), "d"), (short, "d")])
    let end = Self.day.addingTimeInterval(3_600)
    for (old, new) in [("aaaaaaaa", "cccccccc"), ("bbbbbbbb", "dddddddd")] {
      try catalogue.rotate(old, to: Self.link(new), tokenDigest: "n", overlapEnds: end)
    }
    let old = try #require(try catalogue.link("aaaaaaaa"))
    #expect(old.replacedBy == "cccccccc" && old.expires == end)
    #expect(old.state(at: end.addingTimeInterval(-1)) == .open && old.state(at: end) == .rotated)
    #expect(try catalogue.link("bbbbbbbb")?.expires == short.expires)
    #expect(try catalogue.credential(of: "cccccccc")?.tokenDigest == "n")
    func again(_ id: String) -> StoreError.Code? {
      code { try catalogue.rotate(id, to: Self.link("eeeeeeee"), tokenDigest: "n", overlapEnds: end) }
    }
    #expect(again("aaaaaaaa") == .alreadyRotated && again("zzzzzzzz") == .noLink)
    try catalogue.revoke("cccccccc", at: Self.day)
    #expect(again("cccccccc") == .alreadyRevoked)
    #expect(try catalogue.link("eeeeeeee") == nil)
    #expect(
      try catalogue.auditTrail().filter { $0.event == .rotated }.map(\.detail)
        == ["aaaaaaaa cccccccc", "bbbbbbbb dddddddd"])
  }

  @Test("with a link, those go whose place it took and that are open still; those that took its place stay")
  func revokedWhileRotating() throws {
    let (ids, later) = (["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"], Self.day.addingTimeInterval(3_600))
    try catalogue.grant(Self.link(ids[0]), tokenDigest: "d")
    for (old, new) in zip(ids, ids.dropFirst()) {
      try catalogue.rotate(old, to: Self.link(new), tokenDigest: "d", overlapEnds: old == ids[0] ? Self.day : later)
    }
    #expect(try catalogue.revoke([ids[2]], at: Self.day) == [ids[2], ids[1]])
    let states = try ids.map { try catalogue.link($0)?.state(at: Self.day) }
    #expect(states == [.rotated, .revoked, .revoked, .open])
    #expect(try catalogue.auditTrail().suffix(2).map(\.detail) == [ids[2], ids[1]])
  }

  @Test("what a link is worth: revoked before all, then expired, then used up")
  func states() {
    var link = Self.link("aaaaaaaa")
    #expect(link.state(at: Self.day) == .open)
    link.maxDownloads = 2
    link.downloads = 1
    #expect(link.state(at: Self.day) == .open)
    link.downloads = 2
    #expect(link.state(at: Self.day) == .usedUp)
    link.expires = Self.day
    #expect(link.state(at: Self.day.addingTimeInterval(-0.001)) == .usedUp && link.state(at: Self.day) == .expired)
    link.revoked = Self.day
    #expect(link.state(at: Self.day) == .revoked)
  }

  @Test("neither a link nor an error about one says who has it")
  func privacy() throws {
    var link = Self.link("aaaaaaaa")
    (link.name, link.reason) = (PrivateText("SECRET-NAME"), PrivateText("SECRET-REASON"))
    try catalogue.grant(link, tokenDigest: "SECRET-DIGEST")
    let error = #expect(throws: (any Error).self) { try catalogue.grant(link, tokenDigest: "SECRET-DIGEST") }
    let other = #expect(throws: (any Error).self) { try catalogue.revoke("SECRET-NAME", at: Self.day) }
    let said = "\(error.map { "\($0) \(String(reflecting: $0))" } ?? "") \(other.map { "\($0)" } ?? "")"
    let trail = try catalogue.auditTrail()
    #expect(!said.isEmpty && !"\(said) \(link) \(trail)".contains("SECRET"))
  }

  @Test("a listener's request finds its link in microseconds, among thousands")
  func speed() throws {
    let ids = (0..<5_000).map { _ in LinkToken().id }
    try catalogue.grant(ids.map { (Self.link($0), String(repeating: "d", count: 64)) })
    let clock = ContinuousClock()
    _ = try catalogue.credential(of: ids[0])
    let spent = try clock.measure { for id in ids { _ = try catalogue.credential(of: id) } }
    #expect(spent / ids.count < .microseconds(TestRun.isOptimised ? 200 : 2_000))
  }
}
