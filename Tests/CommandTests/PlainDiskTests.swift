import Foundation
import TestSupport
import Testing

/// Disks that know no files without a name, such as a FAT stick: made by refusing the first `O_TMPFILE` of each run.
@Suite(.enabled(if: Tools.here("strace"), "needs strace")) struct PlainDiskTests {
  @Test(
    "an output is whole there as well, new or in place of another",
    arguments: [[], ["renameat2:error=EINVAL"]], [[], ["--force"]])
  func whole(refused: [String], force: [String]) throws {
    let command = try Self.command()
    try command.run("redact", "in.wav", "--ranges", "r.csv", "-o", "a.mp3")
    if !force.isEmpty { try command.folder.write("old", "disk/a.mp3") }
    let ended = try start(command, refused, force).wait()
    #expect(ended.status == 0)
    #expect(try command.data("a.mp3") == command.data("disk/a.mp3"))
    #expect(try names(command) == ["a.mp3"])
  }

  @Test("an output that is there already stays, and nothing is beside it")
  func existing() throws {
    let command = try Self.command()
    try command.folder.write(Wave.long(), "in.wav")
    let tool = try start(command, [], [])
    try waitForHidden(command, tool)
    try command.folder.write("another program's", "disk/a.mp3")
    #expect(try tool.wait().status == 73)
    #expect(command.folder.text("disk/a.mp3") == "another program's")
    #expect(try names(command) == ["a.mp3"])
  }

  @Test("where the output does not get its name, nothing is left there", arguments: ["EIO", "EDQUOT"])
  func failed(error: String) throws {
    let command = try Self.command()
    #expect(try start(command, ["renameat2:error=\(error)"], []).wait().status == 74)
    #expect(try names(command) == [])
  }

  @Test("interrupted or asked to end, it leaves nothing there", arguments: [SIGINT, SIGTERM, SIGHUP])
  func interrupted(signal: Int32) throws {
    let command = try Self.command()
    try command.folder.write(Wave.long(), "in.wav")
    let tool = try start(command, [], [])
    try waitForHidden(command, tool)
    tool.send(signal: signal)
    let ended = try tool.wait()
    #expect(ended.status == -signal, "\(ended.errorText)")
    #expect(try names(command) == [])
  }

  private static func command() throws -> Command {
    let command = try Command()
    try FileManager.default.createDirectory(atPath: command.folder.file("disk"), withIntermediateDirectories: false)
    return command
  }

  private func start(_ command: Command, _ injections: [String], _ more: [String]) throws -> Tool {
    let all = ["openat:error=EOPNOTSUPP:when=1"] + injections
    return try Tool(
      "/usr/bin/env",
      ["strace", "-D", "-f", "-qq", "-o", "/dev/null", "-P", "disk", "-P", "disk/a.mp3", "-e", "trace=file,desc"]
        + all.flatMap { ["-e", "inject=\($0)"] }
        + [Command.program, "redact", "in.wav", "--ranges", "r.csv", "-o", "disk/a.mp3", "--quiet"] + more,
      in: command.folder.path)
  }

  private func waitForHidden(_ command: Command, _ tool: Tool) throws {
    for _ in 0..<1_000 where tool.isRunning {
      if try !names(command).isEmpty { return }
      usleep(5_000)
    }
    Issue.record("no output was begun")
  }

  private func names(_ command: Command) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: command.folder.file("disk")).sorted()
  }
}
