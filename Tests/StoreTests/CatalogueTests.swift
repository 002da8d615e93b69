import Foundation
import ShowModel
import Store
import TestSupport
import Testing

@Suite struct CatalogueTests {
  private let folder: Folder
  private var path: String { folder.file(".podcast/catalogue.sqlite") }
  private static let day = Date(timeIntervalSince1970: 1_795_500_000.25)

  init() throws { folder = try Folder() }

  private static func build(_ slug: String = "042-reseau", _ digest: String = "a") -> Build {
    Build(
      slug: slug, soundDigest: "1", rangesDigest: "2", settingsDigest: "3", digest: digest, byteCount: 4_711,
      milliseconds: 61_500, date: day)
  }

  @Test("what was built is there again when the catalogue is opened again; the last one counts")
  func builds() throws {
    let catalogue = try Catalogue(path: path)
    try catalogue.keep(Self.build())
    try catalogue.keep(Self.build("042-reseau", "b"))
    try catalogue.keep(Self.build("043-suite", "c"))
    try catalogue.close()
    let again = try Catalogue(path: path)
    #expect(try again.build(of: "042-reseau") == Self.build("042-reseau", "b"))
    #expect(try again.build(of: "001-none") == nil)
    #expect(try again.digestsInUse() == ["b", "c"])
    #expect(try again.auditTrail().map(\.event) == [.built, .built, .built])
  }

  @Test("an episode keeps its guid through revisions and withdrawal; each revision has the next number")
  func revisions() throws {
    let catalogue = try Catalogue(path: path)
    func publish(_ digest: String, _ audience: Audience = .everybody) throws -> (Publication, PublishingOutcome) {
      try catalogue.publish(Self.build("042-reseau", digest), guid: UUID().uuidString, to: audience, at: Self.day)
    }
    let (first, new) = try publish("a")
    #expect(new == .new && first.current?.number == 1 && first.audience == .everybody && first.published == Self.day)
    #expect(try publish("a").1 == .unchanged)
    let (second, revised) = try publish("b")
    #expect(revised == .revised && second.current?.number == 2 && second.current?.digest == "b")
    let (third, moved) = try publish("b", .invited)
    #expect(moved == .moved && third.audience == .invited && third.revisions.count == 2)
    #expect(try catalogue.digestsInUse() == ["b"])

    let (gone, _) = try catalogue.withdraw("042-reseau", at: Self.day)
    #expect(gone.current == nil && gone.withdrawn == Self.day)
    #expect(try catalogue.digestsInUse() == [])
    let (back, again) = try publish("b")
    #expect(again == .new && back.current?.number == 3 && back.withdrawn == nil)
    #expect(Set([first, second, third, gone, back].map(\.guid)).count == 1)
    #expect(try catalogue.publications() == [back])
    #expect(
      try catalogue.auditTrail().map(\.event) == [.published, .revised, .closed, .withdrawn, .published])
  }

  @Test("what is not published can't be withdrawn; what was withdrawn is so from the first time on")
  func withdrawing() throws {
    let catalogue = try Catalogue(path: path)
    #expect(throws: StoreError.self) { try catalogue.withdraw("042-reseau", at: Self.day) }
    _ = try catalogue.publish(Self.build(), guid: "g", to: .everybody, at: Self.day)
    #expect(try !catalogue.withdraw("042-reseau", at: Self.day).isAgain)
    let (gone, isAgain) = try catalogue.withdraw("042-reseau", at: Self.day.addingTimeInterval(9))
    #expect(isAgain && gone.withdrawn == Self.day)
    #expect(try catalogue.auditTrail().count == 2)
  }

  @Test("a build that is not the last one any more is not published: its file is not kept")
  func builtMeanwhile() throws {
    let catalogue = try Catalogue(path: path)
    try catalogue.keep(Self.build("042-reseau", "b"))
    let error = #expect(throws: StoreError.self) {
      try catalogue.publish(Self.build("042-reseau", "a"), guid: "g", to: .everybody, at: Self.day)
    }
    #expect(error?.code == .builtMeanwhile)
    #expect(try catalogue.publications().isEmpty)
    _ = try catalogue.publish(Self.build("042-reseau", "b"), guid: "g", to: .everybody, at: Self.day)
  }

  @Test("whether an episode was ever open is known as fast after many changes as after few")
  func openness() throws {
    let catalogue = try Catalogue(path: path)
    _ = try catalogue.publish(Self.build("001-un"), guid: "a", to: .everybody, at: Self.day)
    _ = try catalogue.publish(Self.build("002-deux"), guid: "b", to: .invited, at: Self.day)
    func fastest() throws -> Duration {
      let times = try (0..<50).map { _ in
        try ContinuousClock().measure {
          for slug in ["001-un", "002-deux", "003-none"] {
            let isOpen = try catalogue.wasOpen(slug)
            #expect(isOpen == (slug == "001-un"))
          }
        }
      }
      return times.min() ?? .zero
    }
    let before = try fastest()
    try catalogue.grant(
      (0..<30_000).map { number in
        (PrivateLink(id: "\(number)", scope: .feed, name: PrivateText("x"), granted: Self.day), "d")
      })
    #expect(try fastest() < before * 3 + .milliseconds(1))
  }

  @Test("nobody but its owner can read it")
  func rights() throws {
    let catalogue = try Catalogue(path: path)
    try catalogue.keep(Self.build())
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.file(".podcast")) {
      let rights = try FileManager.default.attributesOfItem(atPath: folder.file(".podcast/\(name)"))[.posixPermissions]
      #expect(rights as? Int == 0o600, "\(name)")
    }
    let rights = try FileManager.default.attributesOfItem(atPath: folder.file(".podcast"))[.posixPermissions]
    #expect(rights as? Int == 0o700)
  }

  @Test("several that have it open at once lose nothing: every change is there, with its line in the audit trail")
  func together() async throws {
    let slugs = (0..<4).map { "episode-\($0)" }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for slug in slugs {
        let catalogue = try Catalogue(path: path)
        group.addTask {
          for digest in 1...20 {
            _ = try catalogue.publish(Self.build(slug, "\(digest)"), guid: slug, to: .everybody, at: Self.day)
          }
        }
      }
      try await group.waitForAll()
    }
    let catalogue = try Catalogue(path: path)
    #expect(try catalogue.publications().map { $0.revisions.map(\.number) } == slugs.map { _ in Array(1...20) })
    let trail = try catalogue.auditTrail()
    #expect(trail.count == 80 && trail.map(\.id) == Array(1...80))
  }

  @Test("what is no catalogue, or a damaged one, is said and left as it is")
  func damaged() throws {
    _ = try folder.write(String(repeating: "no database", count: 1_000), ".podcast/catalogue.sqlite")
    let before = try folder.read(".podcast/catalogue.sqlite")
    let error = #expect(throws: StoreError.self) { try Catalogue(path: path) }
    #expect(error?.code == .damaged)
    #expect(try folder.read(".podcast/catalogue.sqlite") == before)
    #expect(throws: StoreError.self) { try Catalogue(path: folder.file("no/such\0/place")) }
  }

  @Test("an error never says what was written")
  func privacy() throws {
    let catalogue = try Catalogue(path: path)
    _ = try catalogue.publish(Self.build("a", "secret-digest"), guid: "secret-guid", to: .everybody, at: Self.day)
    let error = #expect(throws: (any Error).self) {
      try catalogue.publish(Self.build("b", "secret-digest"), guid: "secret-guid", to: .everybody, at: Self.day)
    }
    #expect(error.map { !"\($0) \(String(reflecting: $0))".contains("secret") } == true)
  }
}
