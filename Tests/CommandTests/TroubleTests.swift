import Foundation
import TestSupport
import Testing

/// Disks that are full or read-only, files that change while they are read, and two names for one file.
@Suite struct TroubleTests {
  @Test(
    "a full disk is an error with what to do, and nothing is left on it",
    .enabled(if: Privileges.canMount, "needs a mount namespace"), arguments: ["wav", "mp3", "flac", "ogg", "opus"],
    [0, 4])
  func fullDisk(ending: String, room: Int) throws {
    let command = try Command()
    try expectFull(command, "-o disk/a.\(ending)", room: room)
  }

  @Test(
    "a disk that is too full for the picture or the receipt gets no output at all",
    .enabled(if: Privileges.canMount, "needs a mount namespace"),
    arguments: ["picture disk/a.svg", "receipt disk/a.json"])
  func fullDiskBeside(option: String) throws {
    let command = try Command()
    try expectFull(command, "-o a.wav --\(option)", room: 0)
    #expect(command.folder.names == ["disk", "in.wav", "r.csv"])
  }

  /// - Parameter room: KiB that are free on a disk of 64.
  private func expectFull(_ command: Command, _ options: String, room: Int) throws {
    let ended = try command.runMounting(
      """
      mkdir disk; mount -t tmpfs -o size=64k tmpfs disk
      head -c \((64 - room) * 1_024) /dev/zero > disk/filler
      status=0; "$podcast" redact in.wav --ranges r.csv \(options) || status=$?
      ls -A disk; exit $status
      """)
    #expect(ended.status == 74)
    #expect(ended.errorText.contains("the disk is full") && ended.errorText.contains("-o"))
    #expect(ended.outputText == "filler\n")
  }

  @Test("a read-only disk is an error", .enabled(if: Privileges.canMount, "needs a mount namespace"))
  func readOnlyDisk() throws {
    let command = try Command()
    let ended = try command.runMounting(
      """
      mkdir disk; mount --bind disk disk; mount -o remount,ro,bind disk
      exec "$podcast" redact in.wav --ranges r.csv -o disk/a.mp3
      """)
    #expect(ended.status == 73 && ended.errorText.contains("disk/a.mp3: ") && ended.errorText.contains("read-only"))
    #expect(command.folder.names == ["disk", "in.wav", "r.csv"])
  }

  @Test("a folder of somebody else is an error", .enabled(if: getuid() != 0 || Tools.here("setpriv"), "needs setpriv"))
  func foreignFolder() throws {
    let command = try Command()
    try FileManager.default.createDirectory(atPath: command.folder.file("closed"), withIntermediateDirectories: false)
    _ = chmod(command.folder.file("closed"), 0o555)
    let nobody = getuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
    let ended = try Tool.run(
      "/usr/bin/env", nobody + [Command.program, "redact", "in.wav", "--ranges", "r.csv", "-o", "closed/a.mp3"],
      in: command.folder.path)
    #expect(ended.status == 73 && ended.errorText.contains("you may not write there"))
    #expect(command.folder.names == ["closed", "in.wav", "r.csv"])
  }

  @Test("an input is no output by any link to it", arguments: ["soft.wav", "hard.wav", "around/in.wav"])
  func links(name: String) throws {
    let command = try Command()
    let input = try command.data("in.wav")
    try command.folder.run("ln", "-s", "in.wav", "soft.wav")
    try command.folder.run("ln", "in.wav", "hard.wav")
    try command.folder.run("ln", "-s", ".", "around")
    let before = command.folder.names
    for force in [[], ["--force"]] {
      for output in [["-o", name], ["-o", "a.mp3", "--picture", name], ["-o", "a.mp3", "--receipt", name]] {
        let ended = try command.start(["redact", "in.wav", "--ranges", "r.csv"] + output + force).wait()
        #expect(ended.status == 73 && ended.errorText.contains("would replace a file that is read"))
      }
    }
    #expect(try command.data("in.wav") == input && command.folder.names == before)
  }

  @Test("an input is no output where it is mounted", .enabled(if: Privileges.canMount, "needs a mount namespace"))
  func bound() throws {
    let command = try Command()
    let input = try command.data("in.wav")
    let ended = try command.runMounting(
      """
      touch other.wav; mount --bind in.wav other.wav
      exec "$podcast" redact in.wav --ranges r.csv -o other.wav --force
      """)
    #expect(ended.status == 73 && ended.errorText.contains("would replace a file that is read"))
    #expect(try command.data("in.wav") == input)
  }

  @Test("an input that is cut off while it is read gives no output", arguments: ["a.mp3", "a.flac"])
  func cutWhileRead(output: String) throws {
    let command = try Self.slow()
    let tool = try command.start(["redact", "in.wav", "--ranges", "r.csv", "-o", output, "--picture", "a.svg"])
    try #require(command.waitUntilReading(tool))
    #expect(truncate(command.folder.file("in.wav"), 100_000) == 0)
    let ended = try tool.wait()
    #expect([65, 74].contains(ended.status), "\(ended.errorText)")
    #expect(command.folder.names == ["in.wav", "r.csv"])
  }

  @Test(
    "an input that is cut off while it is copied gives no output", .enabled(if: Tools.here("strace"), "needs strace"))
  func cutWhileCopied() throws {
    let command = try Self.slow()
    let slowly = ["-e", "trace=copy_file_range", "-e", "inject=copy_file_range:delay_enter=1000ms"]
    let tool = try Tool(
      "/usr/bin/env",
      ["strace", "-D", "-f", "-qq", "-o", "/dev/null"] + slowly
        + [Command.program, "redact", "in.wav", "--ranges", "r.csv", "-o", "a.wav"], in: command.folder.path)
    try #require(command.waitUntilReading(tool))
    #expect(truncate(command.folder.file("in.wav"), 100_000) == 0)
    let ended = try tool.wait()
    #expect(ended.status == 74 && ended.errorText.contains("changed while it was being read"))
    #expect(command.folder.names == ["in.wav", "r.csv"])
  }

  @Test("an input that somebody writes to while it is read gives no output")
  func changedWhileRead() throws {
    let command = try Self.slow()
    let tool = try command.start(["redact", "in.wav", "--ranges", "r.csv", "-o", "a.mp3"])
    try #require(command.waitUntilReading(tool))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: command.folder.file("in.wav")))
    try handle.seek(toOffset: 9_000)
    try handle.write(contentsOf: Data([1, 2, 3]))
    try handle.close()
    let ended = try tool.wait()
    #expect(ended.status == 74 && ended.errorText.contains("changed while it was being read"))
    #expect(command.folder.names == ["in.wav", "r.csv"])
  }

  @Test("an input that is removed while it is read is covered whole")
  func removedWhileRead() throws {
    let command = try Self.slow()
    try command.start(["redact", "in.wav", "--ranges", "r.csv", "-o", "a.mp3"]).wait()
    let tool = try command.start(["redact", "in.wav", "--ranges", "r.csv", "-o", "b.mp3"])
    try #require(command.waitUntilReading(tool))
    unlink(command.folder.file("in.wav"))
    #expect(try tool.wait().status == 0)
    #expect(try command.data("a.mp3") == command.data("b.mp3"))
  }

  @Test("of two programs that write one output one wins, and the output is whole", arguments: ["a.wav", "a.mp3"])
  func atOnce(output: String) throws {
    let command = try Command()
    for force in [[], ["--force"]] {
      for round in 0..<3 {
        let arguments = ["redact", "in.wav", "--ranges", "r.csv", "-o", output] + force
        let ended = try [command.start(arguments), command.start(arguments)].map { try $0.wait() }
        #expect(ended.map(\.status).sorted() == (force.isEmpty ? [0, 73] : [0, 0]), "\(round)")
        let made = try command.data(output)
        unlink(command.folder.file(output))
        try command.start(["redact", "in.wav", "--ranges", "r.csv", "-o", "alone.\(output.suffix(3))", "--force"])
          .wait()
        #expect(try command.data("alone.\(output.suffix(3))") == made)
        unlink(command.folder.file("alone.\(output.suffix(3))"))
        #expect(command.folder.names == ["in.wav", "r.csv"])
      }
    }
  }

  private static func slow() throws -> Command {
    let command = try Command()
    try command.folder.write(Wave.long(), "in.wav")
    return command
  }
}

extension Command {
  /// Until it has its input open and works on it.
  /// - Returns: false where it ended before.
  func waitUntilReading(_ tool: Tool) -> Bool {
    for _ in 0..<500 where tool.isRunning {
      usleep(10_000)
      let links = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(tool.identifier)/fd")) ?? []
      let open = links.compactMap {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(tool.identifier)/fd/\($0)")
      }
      if open.contains(where: { $0.hasPrefix(folder.path) && $0.hasSuffix("(deleted)") }) { return true }
    }
    return false
  }
}
