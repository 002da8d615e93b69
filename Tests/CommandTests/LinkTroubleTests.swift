import Foundation
import ShowModel
import Store
import TestSupport
import Testing

/// Several at once, and killed at any moment.
@Suite(.serialized) struct LinkTroubleTests {
  private let show: SampleShow

  init() throws { show = try SampleShow.withBothPublished() }

  @Test("two that grant, and two that revoke the same link, at once: nothing is lost, and one of them is told")
  func together() throws {
    for _ in 0..<3 {
      let id = try show.grant("--feed", "--to", "x")
      let lines = [
        ["grant", "--feed", "--to", "y"], ["grant", "001-un", "--to", "z"], ["revoke", id], ["revoke", id],
      ]
      let tools = try lines.map { try show.command.start(["link"] + $0 + ["--show", "show"]) }
      let ended = try tools.map { try $0.wait() }
      #expect(ended[0].status == 0 && ended[1].status == 0)
      #expect([ended[2].status, ended[3].status].sorted() == [0, 64])
      for token in (show.tokens(ended[0]) + show.tokens(ended[1])) {
        #expect(try show.catalogue().link(String(token.prefix(8))) != nil)
      }
      try show.checkAudit()
    }
  }

  @Test("two that rotate the same link at once: one new secret is good, the other was never granted")
  func rotatedTogether() throws {
    let id = try show.grant("--feed", "--to", "x")
    let tools = try (0..<2).map { _ in try show.command.start(["link", "rotate", id, "--show", "show"]) }
    let ended = try tools.map { try $0.wait() }
    #expect(ended.map(\.status).sorted() == [0, 64])
    #expect(ended.flatMap { show.tokens($0) }.count == 1)
    try show.checkAudit()
  }

  @Test("killed at any moment, a link is there with its line in the audit trail, or not at all")
  func killed() throws {
    var seeded = Seeded(31)
    let start = Date()
    var id = try show.grant("--feed", "--to", "x")
    let duration = Date().timeIntervalSince(start)
    var (stopped, tokens): (Int, [String]) = (0, [])
    for number in 0..<30 {
      let words = [["grant", "--feed", "--to", "y"], ["rotate", id], ["revoke", id]][number % 3]
      let tool = try show.command.start(["link"] + words + ["--show", "show"])
      Thread.sleep(forTimeInterval: duration * Double.random(in: 0..<1.2, using: &seeded))
      tool.send(signal: SIGKILL)
      let ended = try tool.wait()
      stopped += ended.status == -SIGKILL ? 1 : 0
      tokens += show.tokens(ended)
      try show.checkAudit()
      // What was shown is granted: the other way round somebody would be sent a link that opens nothing.
      for token in tokens { #expect(try show.catalogue().link(String(token.prefix(8))) != nil) }
      if number % 3 == 2 { id = try show.grant("--feed", "--to", "x") }
    }
    #expect(stopped >= 5)
    for token in tokens { #expect(!show.holds(token)) }
  }

  @Test(
    "where nobody gets to see the address, that is said",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func unseen() throws {
    let ended = try Tool.run(
      "/usr/bin/env", ["bash", "-c", "\"$podcast\" link grant --feed --to x --show show > /dev/full"],
      in: show.command.folder.path, environment: ["podcast": Command.program])
    let link = try #require(try show.catalogue().links().first)
    #expect(ended.status == 74 && ended.errorText.contains("revoke link \(link.id)"))
  }
}

extension SampleShow {
  /// Links and audit trail say the same.
  func checkAudit() throws {
    let catalogue = try self.catalogue()
    let (links, lines) = (try catalogue.links(), try catalogue.auditTrail())
    func details(_ event: AuditLine.Event) -> [String] { lines.filter { $0.event == event }.map(\.detail).sorted() }
    let rotated = links.compactMap { link in link.replacedBy.map { "\(link.id) \($0)" } }
    #expect(details(.rotated) == rotated.sorted())
    let successors = Set(links.compactMap(\.replacedBy))
    #expect(details(.granted) == links.map(\.id).filter { !successors.contains($0) }.sorted())
    #expect(details(.revoked) == links.filter { $0.revoked != nil }.map(\.id).sorted())
    try catalogue.close()
  }
}
