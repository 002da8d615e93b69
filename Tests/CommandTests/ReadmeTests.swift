import Foundation
import TestSupport
import Testing

/// What the README tells people to type.
@Suite struct ReadmeTests {
  private static let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../README.md").standardized

  /// The first commands of a section, with what is said of them left out.
  private static func commands(_ section: String) throws -> [String] {
    let text = try String(contentsOf: file, encoding: .utf8)
    let rest = text.components(separatedBy: "\n## \(section)\n").dropFirst().joined()
    return rest.split(separator: "\n").drop { !$0.hasPrefix("    ") }.prefix { $0.hasPrefix("    ") }.map {
      ($0.components(separatedBy: " # ").first ?? "").trimmingCharacters(in: .whitespaces)
    }
  }

  @Test(
    "who types what the README says of a show has it in a podcast app, until it is withdrawn",
    .enabled(if: Tools.here("gpo", "curl")))
  func show() async throws {
    let show = TypedShow(try SampleShow())
    for command in try Self.commands("A show") {
      try await show.type(command)
      switch command {
      case "cd my-show": try show.fillIn()
      case "podcast serve": #expect(try show.heard().count == 1)
      case "podcast withdraw 001-bienvenue": #expect(try show.heard() == [])
      default: break
      }
    }
    #expect(show.typed.count == 9 && Set(show.typed.map { $0.split(separator: " ")[1] }).count == 8)
    try show.end()
  }
}

/// A show that is made by typing, at an address of this computer instead of that of the example.
private final class TypedShow {
  private let sample: SampleShow
  private let address: String
  private var folder: String
  private var server: Tool?
  private(set) var typed: [String] = []

  /// No other test listens below the ports that the system gives away.
  init(_ sample: SampleShow) {
    self.sample = sample
    folder = sample.command.folder.path
    address = "http://127.0.0.1:\(20_000 + ProcessInfo.processInfo.processIdentifier % 12_000)"
  }

  func type(_ command: String) async throws {
    typed.append(command)
    let line = command.replacing("https://podcast.example.org", with: address)
    if line.hasPrefix("cd ") {
      folder += "/\(line.dropFirst(3))"
      return
    }
    let path = (Command.program as NSString).deletingLastPathComponent
    let environment = ["PATH": "\(path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"]
    guard line != "podcast serve" else { return try await serve(line, environment) }
    let ended = try Tool.run("/usr/bin/env", ["bash", "-c", line], in: folder, environment: environment)
    // No directory takes an address of this computer, and no other server has it.
    let isForOthers = line.contains("--check") || line.contains(" export ")
    #expect(ended.status == (isForOthers ? 65 : 0), "\(line): \(ended.errorText)")
  }

  private func serve(_ line: String, _ environment: [String: String]) async throws {
    let port = address.split(separator: ":").last ?? ""
    let tool = try Tool(
      "/usr/bin/env", ["bash", "-c", "exec \(line) --port \(port)"], in: folder, environment: environment)
    server = tool
    while tool.isRunning, !tool.errorsSoFar.contains("Listening") { try await Task.sleep(for: .milliseconds(20)) }
    #expect(tool.errorsSoFar.contains("Listening on \(address)/"), "\(tool.errorsSoFar)")
  }

  /// The texts, the picture, the recording and its ranges.
  func fillIn() throws {
    let files = FileManager.default
    let episode = "\(folder)/episodes/001-bienvenue"
    for name in ["episode.wav", "ranges.csv"] {
      try files.copyItem(
        atPath: sample.command.folder.file("show/episodes/001-un/\(name)"), toPath: "\(episode)/\(name)")
    }
    try files.copyItem(atPath: sample.command.folder.file("show/artwork.png"), toPath: "\(folder)/artwork.png")
    try replace("\(folder)/show.yaml", ["Dites ici de quoi": "Voici de quoi", "artwork.jpg": "artwork.png"])
    try replace("\(episode)/episode.yaml", ["Dites ici": "Voici", "episode.ranges.csv": "ranges.csv"])
  }

  private func replace(_ path: String, _ texts: [String: String]) throws {
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for (old, new) in texts {
      #expect(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  /// - Returns: digests of what a new listener gets, all of which the feed promised.
  func heard() throws -> Set<String> {
    let listener = try Listener(.gpodder)
    try listener.subscribe(to: "\(address)/feed.xml")
    try listener.download()
    let (digests, promised) = (try listener.digests(), try sample.promised(by: "\(address)/feed.xml"))
    #expect(digests == promised)
    return digests
  }

  deinit { if let server, server.isRunning { server.send(signal: SIGKILL) } }

  func end() throws {
    server?.send(signal: SIGTERM)
    #expect(try server?.wait().status == 0)
  }
}
