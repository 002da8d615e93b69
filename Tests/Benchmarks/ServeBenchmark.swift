import Foundation
import Production
import Publish
import ShowFolder
import ShowModel
import Store

/// Private sound in pieces of 64 KiB, each request checked against a catalogue with 10,000 links that are open, beside
/// nginx on the same machine: nginx alone with the same file, and nginx that asks somebody who always says yes.
enum ServeBenchmark {
  private static let (links, rounds, seconds) = (10_000, 3, 4)
  private static let slug = "042-reseau"

  static func run() throws -> [[String]] {
    let place = try Workspace()
    let show = try SampleShow(in: place)
    let ports = Ports(first: 20_000 + Int(getpid() % 1_000) * 8)
    let nginx = try Background("nginx", ["-c", try configuration(place, show, ports)])
    let alone = try Background(
      Workspace.podcast, ["serve", "--quiet", "--show", show.path, "--port", String(ports.alone)])
    let behind = try Background(
      Workspace.podcast, ["serve", "--quiet", "--accel", "--show", show.path, "--socket", place.file("serve.sock")])
    defer { [nginx, alone, behind].forEach { $0.end() } }
    try ports.all.forEach(Load.waitFor)
    let paths = try place.requests("private.lua", show.sounds)
    let plain = try place.requests("plain.lua", ["/\(show.fileName)"])
    let loads = [
      Load(port: ports.plain, script: plain), Load(port: ports.asking, script: plain),
      Load(port: ports.alone, script: paths), Load(port: ports.accelerated, script: paths),
    ]
    var rates = loads.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (index, load) in loads.enumerated() {
        rates[index].append(try load.run(connections: 64, seconds: seconds).rate)
      }
    }
    let medians = rates.map { $0.sorted()[$0.count / 2] }
    let many = try loads[2].run(connections: 512, seconds: seconds)
    return [
      ["64 KiB of private sound", "requests/s", "ours / theirs", "goal"],
      ["nginx, a file", number(medians[0]), "", ""], ["nginx, asking nobody", number(medians[1]), "", ""],
      ["podcast serve", number(medians[2]), Figure.ratio(medians[2] / medians[0]), "at least 0.25"],
      ["nginx and podcast serve --accel", number(medians[3]), Figure.ratio(medians[3] / medians[1]), "at least 0.50"],
      ["512 connections, 99 % within", "\(Int(many.slowest)) ms", "", "under 100 ms"],
      ["most memory", Figure.mebibytes(alone.peakMemory), "", "under 256 MiB"],
      ["failed requests", String(many.failed), "", "0"],
      ["revoked under this load, gone after", try revocation(show, loads[2]), "", "1 s"],
    ]
  }

  private static func number(_ rate: Double) -> String { String(Int(rate)) }

  /// How long a link that is revoked goes on playing.
  private static func revocation(_ show: SampleShow, _ load: Load) throws -> String {
    let running = try Background("wrk", load.arguments(connections: 512, seconds: 3))
    defer { running.end() }
    usleep(1_000_000)
    let sound = show.sounds[links - 1]
    guard try Load.status(load.port, sound) == "206" else { throw Failure(what: "the link does not play") }
    try show.catalogue.revoke(show.lastLink, at: Date())
    let start = Date()
    while try Load.status(load.port, sound) != "410" {
      guard Date().timeIntervalSince(start) < 10 else { throw Failure(what: "a revoked link plays") }
    }
    return Figure.seconds(Date().timeIntervalSince(start))
  }

  private static func configuration(_ place: Workspace, _ show: SampleShow, _ ports: Ports) throws -> String {
    let builds = "\(show.path)/.podcast/builds"
    let text = """
      worker_processes 1;
      daemon off;
      user root;
      pid \(place.file("nginx.pid"));
      error_log /dev/null;
      events { worker_connections 4096; }
      http {
        access_log off;
        client_body_temp_path \(place.file("body")); proxy_temp_path \(place.file("proxy"));
        fastcgi_temp_path \(place.file("f")); uwsgi_temp_path \(place.file("u")); scgi_temp_path \(place.file("s"));
        sendfile on;
        keepalive_requests 1000000;
        upstream podcast { server unix:\(place.file("serve.sock")); keepalive 64; }
        server { listen 127.0.0.1:\(ports.plain); root \(builds); }
        server {
          listen 127.0.0.1:\(ports.asking);
          location / { auth_request /yes; root \(builds); }
          location = /yes { internal; return 204; }
        }
        server {
          listen 127.0.0.1:\(ports.accelerated);
          location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://podcast; }
          location \(Accelerator.folder) { internal; alias \(builds)/; }
        }
      }
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: place.file("nginx.conf")))
    return place.file("nginx.conf")
  }

  private struct Ports {
    let plain, asking, accelerated, alone: Int
    init(first: Int) {
      (plain, asking, accelerated, alone) = (first, first + 1, first + 2, first + 3)
    }
    var all: [Int] { [plain, asking, accelerated, alone] }
  }

  /// The sample show, private, with many links to its episode.
  private struct SampleShow {
    let path, fileName: String
    let sounds: [String]
    let lastLink: String
    let catalogue: Catalogue

    init(in place: Workspace) throws {
      path = place.file("show")
      let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Samples/sur-la-ligne").standardizedFileURL.path
      _ = try Measure.run("cp", ["-rL", sample, path])
      _ = try Measure.run("rm", ["-rf", "\(path)/.podcast", "\(path)/public"])
      _ = try Measure.run(Workspace.podcast, ["build", "--show", path, ServeBenchmark.slug])
      _ = try Measure.run(Workspace.podcast, ["publish", "--private", "--show", path, ServeBenchmark.slug])
      let folder = try ShowFolder(path)
      let (catalogue, key) = (try Catalogue(path: folder.catalogue), try LinkKey.read(in: folder))
      guard let digest = try catalogue.publication(of: ServeBenchmark.slug)?.current?.digest else {
        throw Failure(what: "the sample is not published")
      }
      let tokens = (0..<ServeBenchmark.links).map { _ in LinkToken() }
      try catalogue.grant(
        tokens.map { token in
          let link = PrivateLink(
            id: token.id, scope: .episode(ServeBenchmark.slug), name: PrivateText("technician"), granted: Date(),
            expires: Date() + 86_400)
          return (link, token.digest)
        })
      sounds = tokens.map { token in
        let derived = DerivedToken.text(id: token.id, slug: ServeBenchmark.slug, revision: digest, key: key)
        return "\(LinkAddresses.prefix)\(derived)/\(ServeBenchmark.slug).mp3"
      }
      (lastLink, fileName) = (tokens[tokens.count - 1].id, "\(digest).mp3")
      self.catalogue = catalogue
    }
  }
}

/// A program that runs beside.
private final class Background {
  private let process = Process()

  init(_ program: String, _ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
  }

  func end() {
    process.terminate()
    process.waitUntilExit()
  }

  /// In MiB, so far.
  var peakMemory: Double {
    let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split { $0.isWhitespace }.dropFirst().first.flatMap { Double($0) } ?? 0) / 1_024
  }
}

/// wrk, against a server on this computer.
private struct Load {
  let port: Int
  let script: String

  struct Result {
    let rate, slowest: Double
    let failed: Int
  }

  func arguments(connections: Int, seconds: Int) -> [String] {
    [
      "-t2", "-c\(connections)", "-d\(seconds)s", "--latency", "-s", script, "http://127.0.0.1:\(port)",
    ]
  }

  func run(connections: Int, seconds: Int) throws -> Result {
    let text = try Self.output("wrk", arguments(connections: connections, seconds: seconds))
    guard let rate = text.firstMatch(of: /Requests\/sec: +([\d.]+)/).flatMap({ Double($0.output.1) }),
      let late = text.firstMatch(of: /\s99% +([\d.]+)(us|ms|s)/), let value = Double(late.output.1)
    else { throw Failure(what: "wrk said: \(text)") }
    let units: [Substring: Double] = ["us": 0.001, "ms": 1, "s": 1_000]
    let failed = text.firstMatch(of: /Non-2xx or 3xx responses: (\d+)/).flatMap { Int($0.output.1) } ?? 0
    let broken = text.contains("Socket errors") ? 1 : 0
    return Result(rate: rate, slowest: value * (units[late.output.2] ?? 1), failed: failed + broken)
  }

  static func waitFor(_ port: Int) throws {
    for _ in 0..<100 {
      if let status = try? status(port, "/"), !["000", "502"].contains(status) { return }
      usleep(50_000)
    }
    throw Failure(what: "nobody listens on port \(port): .ci/install tests installs nginx")
  }

  /// Of an answer to a range.
  static func status(_ port: Int, _ path: String) throws -> String {
    try output(
      "curl", ["-s", "-o", "/dev/null", "-r", "0-99", "-w", "%{http_code}", "http://127.0.0.1:\(port)\(path)"])
  }

  private static func output(_ program: String, _ arguments: [String]) throws -> String {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Workspace {
  /// What wrk asks for, in turn: 64 KiB somewhere in the first half MB of each.
  fileprivate func requests(_ name: String, _ paths: [String]) throws -> String {
    let list = file("\(name).txt")
    try Data(paths.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: list))
    let script = """
      local paths = {}
      for line in io.lines("\(list)") do paths[#paths + 1] = line end
      local at = 0
      function init(args) at = math.random(#paths) end
      function request()
        at = at % #paths + 1
        local first = math.random(0, 7) * 65536
        return wrk.format("GET", paths[at], { ["Range"] = "bytes=" .. first .. "-" .. first + 65535 })
      end
      """
    try Data(script.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }
}
