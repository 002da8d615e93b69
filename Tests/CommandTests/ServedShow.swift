import Foundation
import TestSupport
import Testing

/// A show whose files say the address that it is really served at: `001-un` is for everybody, `002-deux` for the invited.
final class ServedShow {
  /// What a feed and a page have to carry over as it is.
  static let title = "Épisode 1 : R&D < 5 %, « suite » 🎧"
  static let description = "Ce qu'on dit de R&D < 5 %, « œuvre » 🎧📻\n\nEt la suite & la fin."

  let show: SampleShow
  let address: String
  private let server: Tool

  /// It listens before anything says where, so that no other test can take its port.
  init() async throws {
    show = try SampleShow.withBothPublished()
    (server, address) = try await show.serve()
    try show.write(SampleShow.yaml.replacing("https://podcast.example.org", with: address), "show.yaml")
    try show.write(
      "title: \"\(Self.title)\"\ndescription: |\n  \(Self.description.replacing("\n\n", with: "\n\n  "))\nsound: episode.wav\n"
        + "ranges: ranges.csv\ndate: 2026-11-24 08:00 +01:00\nnumber: 1\n", "episodes/001-un/episode.yaml")
    for arguments in [["build"], ["publish", "001-un"], ["publish", "002-deux", "--private"]] {
      let ended = try show.run(arguments)
      #expect(ended.status == 0, "\(ended.errorText)")
    }
  }

  var feed: String { "\(address)/feed.xml" }

  /// - Returns: the address of a new link's page; its feed is beside it.
  func grant(_ words: String...) throws -> String {
    let token = try #require(show.tokens(show.run(["link", "grant", "--to", "technician-7"] + words)).first)
    return "\(address)/p/\(token)/"
  }

  func takeBack(_ words: String...) throws {
    let ended = try show.run(words)
    #expect(ended.status == 0, "\(ended.errorText)")
  }

  /// Its sound is another one afterwards, for the invited.
  func coverMore(of slug: String) throws {
    try show.write(Command.list.replacing("1.5,1.8", with: "1.2,1.8"), "episodes/\(slug)/ranges.csv")
    for arguments in [["build"], ["publish", slug, "--private"]] {
      let ended = try show.run(arguments)
      #expect(ended.status == 0, "\(ended.errorText)")
    }
  }

  func promised(by feed: String) throws -> Set<String> { try show.promised(by: feed) }

  /// A line for each request that the server answered.
  var log: String { server.errorsSoFar }

  /// How often the server has said that something is gone.
  var refusals: Int { log.matches(of: /\ 410\ /).count }

  /// Ends the server, and has another one take its place, whose clock goes ahead.
  func serveLater(by time: String) async throws -> ServedShow {
    try end()
    let port = try #require(address.split(separator: ":").last)
    let (server, _) = try await show.serve("--port", String(port), later: time)
    return ServedShow(show: show, address: address, server: server)
  }

  func end() throws {
    server.send(signal: SIGTERM)
    try server.wait()
  }

  /// Where a test fails before its end.
  deinit { if server.isRunning { server.send(signal: SIGKILL) } }

  private init(show: SampleShow, address: String, server: Tool) {
    (self.show, self.address, self.server) = (show, address, server)
  }
}

extension SampleShow {
  /// - Parameter later: how far the server's clock is ahead: `+13h`.
  /// - Returns: the running server, and the address, or the socket, that it says it listens on.
  func serve(_ arguments: String..., later: String? = nil) async throws -> (Tool, String) {
    let isPlaced = arguments.contains("--port") || arguments.contains("--socket")
    let words = ["serve", "--show", "show"] + (isPlaced ? [] : ["--port", "0"]) + arguments
    let server = try later.map { try start(words, later: $0) } ?? command.start(words)
    while server.isRunning {
      if let match = server.errorsSoFar.firstMatch(of: /Listening on (http:\/\/127\.0\.0\.1:\d+|\/\S+)\/?\n/) {
        return (server, String(match.output.1))
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw ServerEnded(errors: server.errorsSoFar)
  }

  func curl(_ arguments: String...) throws -> String {
    try Tool.run("/usr/bin/env", ["curl", "-sS", "--max-time", "60"] + arguments, in: command.folder.path).outputText
  }

  /// SHA-256 of the sound that a feed promises, as the feed says it.
  func promised(by feed: String) throws -> Set<String> {
    let text = try curl(feed)
    return Set(
      text.matches(of: /<podcast:integrity type="sri" value="sha256-([^"]+)"/).compactMap { match in
        Data(base64Encoded: String(match.output.1)).map { $0.map { String(format: "%02x", $0) }.joined() }
      })
  }

  /// With the library of `faketime`, where Debian has it. That command itself does not hand on the signal to end. The
  /// library changes the environment of the first program that loads it, and Swift then does not find its arguments: that
  /// program is `env`.
  private func start(_ words: [String], later: String) throws -> Tool {
    try Tool(
      "/usr/bin/env", [Command.program] + words, in: command.folder.path,
      environment: ["LD_PRELOAD": "/usr/$LIB/faketime/libfaketimeMT.so.1", "FAKETIME": later])
  }

  private struct ServerEnded: Error { let errors: String }
}
