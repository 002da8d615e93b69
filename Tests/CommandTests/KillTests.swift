import Foundation
import TestSupport
import Testing

/// However the program ends, each name is either absent or has its whole file.
@Suite(.serialized) struct KillTests {
  private static let names = ["a.wav", "b.mp3", "c.flac", "d.ogg", "e.opus", "f.svg", "g.json"]
  private static let arguments =
    ["redact", "in.wav", "--ranges", "r.csv", "--quiet", "--picture", "f.svg", "--receipt", "g.json"]
    + names.prefix(5).flatMap { ["-o", $0] }

  /// What an undisturbed run makes, and how long it takes.
  private let whole: [String: [UInt8]]
  private let duration: Double
  private let command: Command
  private let input: [UInt8]

  init() throws {
    command = try Command()
    input = try command.data("in.wav")
    let start = Date()
    try #require(try command.start(Self.arguments).wait().status == 0)
    duration = Date().timeIntervalSince(start)
    whole = try command.contents(of: Self.names)
    try #require(whole.count == Self.names.count)
  }

  @Test("killed at any moment, it leaves whole outputs or none, and the input as it was")
  func killed() throws {
    var seeded = Seeded(17)
    var stopped = 0
    for number in 0..<50 {
      let moment = duration * 1.1 * (Double(number) + Double.random(in: 0..<1, using: &seeded)) / 50
      stopped += try stop(with: SIGKILL, after: moment) ? 1 : 0
      try check()
    }
    #expect(stopped >= 10)
  }

  @Test("asked to end or interrupted, it leaves nothing half-made")
  func interrupted() throws {
    for signal in [SIGTERM, SIGINT, SIGHUP] {
      for part in [0.2, 0.6] {
        let isStopped = try stop(with: signal, after: duration * part)
        #expect(isStopped || part > 0.5)
        try check()
      }
    }
  }

  @Test(
    "killed while outputs get their names, it leaves whole outputs or none",
    .enabled(if: Tools.here("strace"), "needs strace"))
  func killedWhileNaming() throws {
    for (call, force) in [("linkat", false), ("linkat", true), ("rename", true), ("fsync", false)] {
      for number in [1, 2, 4, 7] {
        try clear()
        if force { for name in Self.names { try command.folder.write("old", name) } }
        let ended = try traced("\(call):signal=KILL:when=\(number)", force ? ["--force"] : [])
        #expect(ended.status == -SIGKILL)
        try check(old: force ? Array("old".utf8) : nil)
      }
    }
  }

  @Test(
    "where one output does not get its name, those that had theirs lose it",
    .enabled(if: Tools.here("strace"), "needs strace"))
  func withdrawn() throws {
    for number in 1...Self.names.count {
      try clear()
      let ended = try traced("linkat:error=EDQUOT:when=\(number)", [])
      #expect(ended.status == 74 && ended.errorText.contains("the disk is full"))
      #expect(command.folder.names == ["in.wav", "r.csv"])
    }
  }

  @Test("where flushing fails, there is no output", .enabled(if: Tools.here("strace"), "needs strace"))
  func notFlushed() throws {
    for number in [1, 4, 7] {
      try clear()
      let ended = try traced("fsync:error=EIO:when=\(number)", [])
      #expect(ended.status == 74 && ended.errorText.contains("the disk reports an error"))
      #expect(command.folder.names == ["in.wav", "r.csv"])
    }
  }

  private func clear() throws { for name in Self.names { unlink(command.folder.file(name)) } }

  private func stop(with signal: Int32, after moment: Double) throws -> Bool {
    try clear()
    let tool = try command.start(Self.arguments)
    usleep(UInt32(moment * 1_000_000))
    tool.send(signal: signal)
    let ended = try tool.wait()
    #expect(ended.status == -signal || ended.status == 0)
    return ended.status == -signal
  }

  private func traced(_ injection: String, _ more: [String]) throws -> Ended {
    let call = injection.prefix { $0 != ":" }
    return try Tool.run(
      "/usr/bin/env",
      ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(injection)", Command.program]
        + Self.arguments + more, in: command.folder.path)
  }

  private func check(old: [UInt8]? = nil) throws {
    #expect(try command.data("in.wav") == input)
    for (name, bytes) in try command.contents(of: Self.names) {
      #expect(bytes == whole[name] || bytes == old, "\(name) is not whole")
    }
    let others = command.folder.names.filter { !(Self.names + ["in.wav", "r.csv"]).contains($0) }
    for name in others {
      // Between two system calls of a forced run a whole output has a hidden name.
      let bytes = try command.data(name)
      #expect(old != nil && name.hasPrefix(".podcast-") && whole.values.contains(bytes), "\(name)")
      unlink(command.folder.file(name))
    }
  }
}

extension Command {
  /// Of those that are there.
  func contents(of names: [String]) throws -> [String: [UInt8]] {
    let there = folder.names.filter(names.contains)
    return Dictionary(uniqueKeysWithValues: try there.map { ($0, try data($0)) })
  }
}
