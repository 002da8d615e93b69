import Foundation
import Publish
import ShowModel
import TestSupport
import Testing

/// Commands that change what may be heard, four at once and killed at any moment, while the server is asked all the time.
@Suite struct UnderLoadTests {
  private static let rounds = ProcessInfo.processInfo.environment["PODCAST_SOAK"] == nil ? 5 : 50

  private let show: SampleShow
  private let server: Tool
  private let address: String

  init() async throws {
    show = try SampleShow.withBothPublished()
    (server, address) = try await show.serve("--quiet")
  }

  @Test(
    "afterwards what was granted plays, what was taken back does not, and everything is whole",
    .enabled(if: Tools.here("curl")))
  func killed() throws {
    let listeners = try Tool(
      "/usr/bin/env",
      ["bash", "-c", "while :; do curl -s $address/feed.xml $address/p/x $address/health >/dev/null; done"],
      environment: ["address": address])
    let start = Date()
    #expect(try show.run("publish", "001-un").status == 0)
    let duration = Date().timeIntervalSince(start)
    var seeded = Seeded(2_026)
    var (tokens, killed): ([String], Int) = ([], 0)
    for round in 0..<Self.rounds {
      let id = try show.grant("--feed", "--to", "x")
      let isOdd = round % 2 == 1
      let lines = [
        ["publish", "001-un", isOdd ? "--public" : "--private"],
        isOdd ? ["publish", "002-deux", "--public"] : ["withdraw", "002-deux"],
        ["link", "grant", "001-un", "--to", "y"],
        ["link", "revoke", id],
      ]
      let tools = try lines.map { try show.command.start($0 + ["--show", "show"]) }
      for tool in tools.shuffled(using: &seeded) {
        Thread.sleep(forTimeInterval: duration * Double.random(in: 0..<0.4, using: &seeded))
        tool.send(signal: SIGKILL)
      }
      for tool in tools {
        let ended = try tool.wait()
        killed += ended.status == -SIGKILL ? 1 : 0
        tokens += show.tokens(ended)
      }
    }
    listeners.send(signal: SIGKILL)
    _ = try listeners.wait()
    #expect(killed >= Self.rounds / 2)
    try show.checkAudit()
    try checkLinks(tokens)
    try checkFiles()
    server.send(signal: SIGTERM)
    let ended = try server.wait()
    #expect(ended.status == 0 && !tokens.contains { ended.errorText.contains($0) })
  }

  /// Withdrawal closes an episode's page, whoever has a link to it.
  private func checkLinks(_ tokens: [String]) throws {
    #expect(try show.run("publish", "001-un", "--public").status == 0)
    let catalogue = try show.catalogue()
    for text in tokens {
      let token = try #require(LinkToken(text))
      let link = try #require(try catalogue.link(token.id))
      let expected = link.state(at: Date()) == .open ? "200" : "410"
      #expect(try status("p/\(text)/") == expected && status("p/\(text)/feed.xml") == expected)
    }
    try catalogue.close()
  }

  /// What has a name is what that says.
  private func checkFiles() throws {
    #expect(try show.run("feed").status == 0)
    for path in show.files(".podcast/builds") + show.files("public/media")
    where !(path as NSString).lastPathComponent.hasPrefix(".") {
      let isBuild = !path.contains("/")
      let file = "show/\(isBuild ? ".podcast/builds" : "public/media")/\(path)"
      let digest = try show.command.folder.run("sha256sum", file).prefix(16)
      let name = (path as NSString).lastPathComponent.prefix(16)
      #expect(String(decoding: digest, as: UTF8.self) == name, "\(path)")
    }
    for enclosure in show.enclosures {
      #expect(try show.command.data("show/public/\(enclosure.path)").count == enclosure.size)
      #expect(try status(enclosure.path) == "200")
    }
  }

  private func status(_ path: String) throws -> String {
    try Tool.run("/usr/bin/env", ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "\(address)/\(path)"])
      .outputText
  }
}
