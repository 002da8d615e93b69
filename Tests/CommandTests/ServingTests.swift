import Foundation
import TestSupport
import Testing

@Suite struct ServingTests {
  private let show: SampleShow

  init() throws {
    show = try SampleShow()
    for arguments in [["build", "001-un"], ["publish", "001-un"]] {
      let ended = try show.command.start(arguments + ["--show", "show"]).wait()
      #expect(ended.status == 0, "\(ended.errorText)")
    }
  }

  @Test(
    "what is published is downloaded whole; withdrawn by another command, it is gone; asked to end, it ends well",
    .enabled(if: Tools.here("curl")))
  func download() async throws {
    let (server, address) = try await show.serve()
    let sound = try #require(show.enclosures.first)
    #expect(try show.curl("-o", "got.mp3", "-w", "%{http_code}", "\(address)/\(sound.path)") == "200")
    #expect(try show.command.data("got.mp3") == show.command.data("show/public/\(sound.path)"))
    #expect(try show.command.data("got.mp3").count == sound.size)
    #expect(try show.curl("-o", "part.mp3", "-r", "0-9999", "\(address)/\(sound.path)").isEmpty)
    #expect(try show.curl("-o", "part.mp3", "-C", "-", "-w", "%{http_code}", "\(address)/\(sound.path)") == "206")
    #expect(try show.command.data("part.mp3") == show.command.data("got.mp3"))
    #expect(try show.curl("--compressed", "\(address)/feed.xml") == show.feed)
    #expect(try show.run("withdraw", "001-un").status == 0)
    for path in [sound.path, "episodes/001-un/"] {
      #expect(try show.curl("-o", "gone", "-w", "%{http_code}", "\(address)/\(path)") == "410")
    }
    server.send(signal: SIGTERM)
    let ended = try server.wait()
    #expect(ended.status == 0 && ended.output.isEmpty)
    #expect(ended.errorText.split(separator: "\n").count == 7, "\(ended.errorText)")
    #expect(ended.errorText.contains(" GET /\(sound.path) 410 "))
    #expect(!ended.errorText.replacing(address, with: "").contains("127.0.0.1"))
  }

  @Test(
    "a listener who takes nothing keeps the server from ending for a few seconds only", .enabled(if: Tools.here("curl"))
  )
  func stalledListener() async throws {
    let sound = try #require(show.enclosures.first)
    let (server, address) = try await show.serve("--quiet")
    let client = try Tool(
      "/usr/bin/env", ["curl", "-sS", "--limit-rate", "100", "-o", "slow", "\(address)/\(sound.path)"],
      in: show.command.folder.path)
    try await Task.sleep(for: .milliseconds(300))
    let start = Date()
    server.send(signal: SIGINT)
    let ended = try server.wait()
    #expect(ended.status == 0 && Date().timeIntervalSince(start) < 60)
    #expect(ended.errorText == "Listening on \(address)/\n")
    client.send(signal: SIGKILL)
    try client.wait()
  }

  @Test("what private pages are made of names neither the recording, nor its ranges, nor the owner's address")
  func shelf() throws {
    let shelf = try #require(show.command.folder.text("show/.podcast/shelf/shelf.json"))
    #expect(shelf.contains("001-un"))
    for text in ["episode.wav", "ranges.csv", "contact@example.org"] { #expect(!shelf.contains(text), "\(text)") }
  }

  @Test(
    "on a socket it serves who may enter its folder; one that was killed leaves nothing that is in the way",
    .enabled(if: Tools.here("curl")))
  func socket() async throws {
    let file = show.command.folder.file("serve.sock")
    for signal in [SIGKILL, SIGTERM] {
      let (server, place) = try await show.serve("--socket", file)
      #expect(place == file && FileManager.default.fileExists(atPath: file))
      #expect(try show.curl("--unix-socket", file, "http://x/feed.xml") == show.feed)
      let second = try show.run("serve", "--socket", file)
      #expect(second.status == 69 && second.errorText.contains("another program listens on this socket"))
      #expect(try show.curl("--unix-socket", file, "http://x/health") == "ok")
      server.send(signal: signal)
      try server.wait()
      #expect(FileManager.default.fileExists(atPath: file) == (signal == SIGKILL))
    }
    try show.command.folder.write("kept", "serve.sock")
    for words in [["--socket", file], ["--socket", "/nowhere/serve.sock"]] {
      let refused = try show.run(["serve"] + words)
      #expect(refused.status == 69 && refused.errorText.contains("no socket can be made here"), "\(refused.errorText)")
    }
    #expect(show.command.folder.text("serve.sock") == "kept")
    for words in [["--socket", "serve.sock"], ["--socket", file, "--port", "8080"], ["--socket", "/a b"]] {
      #expect(try show.run(["serve"] + words).status == 64)
    }
  }

  @Test("a port that is taken is said, with what to do")
  func taken() async throws {
    let (server, address) = try await show.serve()
    let port = try #require(address.split(separator: ":").last.map(String.init))
    let second = try show.run("serve", "--port", port)
    #expect(second.status == 69 && second.errorText.contains("port \(port) of 127.0.0.1 is taken"))
    #expect(try show.run("serve", "--host", "203.0.113.1").status == 69)
    #expect(try show.run("serve", "--port", "70000").status == 64)
    server.send(signal: SIGTERM)
    #expect(try server.wait().status == 0)
  }
}
