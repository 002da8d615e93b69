import Foundation
import ShowModel
import Store
import TestSupport
import Testing

@Suite struct RequestTests {
  private let folder: Folder
  private let catalogue: Catalogue
  private static let day = Date(timeIntervalSince1970: 1_795_500_000.25)

  init() throws {
    folder = try Folder()
    catalogue = try Catalogue(path: folder.file(".podcast/catalogue.sqlite"))
  }

  private func ask(_ name: String, _ message: String = "Bonjour") throws -> Bool {
    try catalogue.ask(
      wanted: PrivateText("celui sur le réseau"), name: PrivateText(name), contact: PrivateText("06 12 34"),
      message: PrivateText(message), at: Self.day)
  }

  private static func link(_ id: String) -> PrivateLink {
    PrivateLink(id: id, scope: .feed, name: PrivateText("Technicienne 7"), granted: day)
  }

  @Test("a request waits for an answer; approved, it has its link in the same moment")
  func answers() throws {
    #expect(try ask("un") && ask("deux") && ask("trois"))
    #expect(try catalogue.requests(openOnly: true).map(\.number) == [1, 2, 3])
    try catalogue.answerRequest(2, with: .approved(Self.link("aaaaaaaa"), tokenDigest: "d"), at: Self.day)
    try catalogue.answerRequest(3, with: .refused, at: Self.day)
    let all = try catalogue.requests()
    #expect(all.map(\.answer) == [nil, .approved, .refused] && all.map(\.link) == [nil, "aaaaaaaa", nil])
    #expect(all[0].name.revealed == "un" && all[0].answered == nil && all[1].answered == Self.day)
    #expect(try catalogue.requests(openOnly: true).map(\.number) == [1])
    #expect(try catalogue.credential(of: "aaaaaaaa")?.tokenDigest == "d")
    #expect(
      try catalogue.auditTrail().map { "\($0.event) \($0.subject) \($0.detail)" } == [
        "requested request 1", "requested request 2", "requested request 3", "approved request 2 aaaaaaaa",
        "granted feed aaaaaaaa", "refused request 3",
      ])
  }

  @Test("a request is answered once; an answer that fails grants nothing")
  func once() throws {
    #expect(try ask("un") && ask("deux"))
    func code(_ number: Int64, _ id: String) -> StoreError.Code? {
      #expect(throws: StoreError.self) {
        try catalogue.answerRequest(number, with: .approved(Self.link(id), tokenDigest: "d"), at: Self.day)
      }?.code
    }
    try catalogue.answerRequest(1, with: .refused, at: Self.day)
    #expect(code(1, "aaaaaaaa") == .alreadyAnswered && code(9, "aaaaaaaa") == .noRequest)
    try catalogue.grant(Self.link("bbbbbbbb"), tokenDigest: "d")
    #expect(code(2, "bbbbbbbb") == .failed)
    #expect(try catalogue.requests(openOnly: true).map(\.number) == [2])
    #expect(try catalogue.links().map(\.id) == ["bbbbbbbb"])
  }

  @Test("more than may wait, and longer than may be, is not kept")
  func limits() throws {
    #expect(try !ask("long", String(repeating: "é", count: Limits.messageBytes / 2 + 1)))
    #expect(try ask("whole", String(repeating: "é", count: Limits.messageBytes / 2)))
    for number in 1..<Limits.openRequests { #expect(try ask("\(number)")) }
    #expect(try !ask("one too many"))
    #expect(try catalogue.requests().count == Limits.openRequests)
    #expect(try catalogue.auditTrail().count == Limits.openRequests)
    try catalogue.answerRequest(7, with: .refused, at: Self.day)
    #expect(try ask("room again"))
  }

  @Test("a request never describes what it says")
  func privacy() throws {
    #expect(try ask("SECRET", "SECRET"))
    #expect(try !"\(catalogue.requests()) \(catalogue.auditTrail())".contains("SECRET"))
  }
}
