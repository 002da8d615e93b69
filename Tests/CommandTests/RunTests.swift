import Foundation
import TestSupport
import Testing

@Suite struct RunTests {
  @Test("the table goes to standard output, messages to standard error, and the output beside the input")
  func streams() throws {
    let command = try Command()
    let ended = try command.run("redact", "in.wav", "--ranges", "r.csv")
    #expect(ended.status == 0)
    #expect(ended.outputText.hasPrefix("COVERED") && ended.outputText.contains("2 covered"))
    #expect(ended.errorText == "Wrote in.redacted.mp3\n")
    #expect(command.folder.names == ["in.redacted.mp3", "in.wav", "r.csv"])
  }

  @Test("--quiet prints nothing where all is well, and errors all the same")
  func quiet() throws {
    let command = try Command()
    let ended = try command.run("redact", "in.wav", "--ranges", "r.csv", "-o", "a.wav", "--quiet")
    #expect(ended.status == 0 && ended.output.isEmpty && ended.errors.isEmpty)
    let again = try command.run("redact", "in.wav", "--ranges", "r.csv", "-o", "a.wav", "--quiet")
    #expect(again.status == 73 && again.output.isEmpty && !again.errors.isEmpty)
  }

  @Test("--json prints the receipt, as JSON and nothing else")
  func json() throws {
    let command = try Command()
    let ended = try command.run(
      "redact", "in.wav", "--ranges", "r.csv", "-o", "a.wav", "--json", "--receipt", "r.json")
    let object = try JSONSerialization.jsonObject(with: Data(ended.output)) as? [String: Any]
    #expect((object?["covered"] as? [Any])?.count == 2)
    #expect(try command.data("r.json") == ended.output)
  }

  @Test(
    "after a run with the right list, --cache holds nothing of the run before, and the output is the same without it")
  func cache() throws {
    let command = try Command()
    let kept = command.folder.file("kept/in.wav")
    let one = ["redact", "in.wav", "--range", "0.2-0.3", "-o", "one.mp3", "--cache", "kept"]
    #expect(try command.start(one).wait().status == 0)
    let before = Set(try FileManager.default.contentsOfDirectory(atPath: kept))
    #expect(!before.isEmpty)
    for (name, options) in [("a.mp3", ["--cache", "kept"]), ("b.mp3", ["--cache", "new/folder"]), ("c.mp3", [])] {
      let ended = try command.start(["redact", "in.wav", "--ranges", "r.csv", "-o", name] + options).wait()
      #expect(ended.status == 0)
    }
    let after = Set(try FileManager.default.contentsOfDirectory(atPath: kept))
    let new = try FileManager.default.contentsOfDirectory(atPath: command.folder.file("new/folder/in.wav"))
    #expect(after.count == new.count)
    #expect(after.intersection(before) == ["digests.key"])
    let without = try command.data("c.mp3")
    #expect(try command.data("a.mp3") == without && command.data("b.mp3") == without)
  }

  @Test("--dry-run shows the same table and writes nothing")
  func dryRun() throws {
    let command = try Command()
    let ended = try command.run(
      "redact", "in.wav", "--ranges", "r.csv", "-o", "a.wav", "--picture", "a.svg", "--receipt", "a.json", "--dry-run")
    #expect(ended.status == 0 && ended.errors.isEmpty)
    #expect(command.folder.names == ["in.wav", "r.csv"])
    #expect(try command.run("redact", "in.wav", "--ranges", "r.csv").output == ended.output)
  }

  @Test("- is a list on standard input, of any format", arguments: ["csv", "json", "audacity", "cue"])
  func standardInput(format: String) throws {
    let command = try Command()
    let list = try command.run("ranges", "r.csv", "--to", format)
    let text = try command.run("redact", "in.wav", "--ranges", "r.csv", "--dry-run", "--exact").outputText
    let piped = try command.run("redact", "in.wav", "--ranges", "-", "--dry-run", "--exact", input: list.output)
    #expect(piped.status == 0)
    #expect(piped.outputText.split(separator: "\n").count == text.split(separator: "\n").count)
    #expect(try command.run("ranges", "-", input: list.output).errorText.contains("2 ranges, read as \(format)"))
  }

  @Test("of several inputs one that fails does not stop the others")
  func several() throws {
    let command = try Command()
    try FileManager.default.createDirectory(atPath: command.folder.file("lists"), withIntermediateDirectories: false)
    for (name, list) in [("a", Command.list), ("b", "start,end\n1,99\n"), ("c", Command.list)] {
      try command.folder.write(Wave.noise(seconds: 2, seed: 9), "\(name).wav")
      try command.folder.write(list, "lists/\(name).csv")
    }
    let ended = try command.run("redact", "a.wav", "b.wav", "c.wav", "d.wav", "--ranges", "lists")
    #expect(ended.status == 65)
    #expect(ended.errorText.contains("lists/b.csv:2: ") && ended.errorText.contains("2 of 4 inputs failed"))
    #expect(ended.errorText.contains("d.wav: ") && ended.outputText.contains("a.wav:\n"))
    #expect(try command.data("a.redacted.mp3") == command.data("c.redacted.mp3"))
    #expect(!command.folder.names.contains { $0.hasPrefix("b.redacted") || $0.hasPrefix(".") })
  }

  @Test("an input of the same run is no output of it, not even when forced")
  func inputsOfTheRun() throws {
    let command = try Command()
    try FileManager.default.createDirectory(atPath: command.folder.file("lists"), withIntermediateDirectories: false)
    for name in ["in", "in.redacted"] { try command.folder.write(Command.list, "lists/\(name).csv") }
    try command.folder.write(Wave.noise(seconds: 2), "in.redacted.mp3")
    let before = try command.data("in.redacted.mp3")
    let ended = try command.run("redact", "in.wav", "in.redacted.mp3", "--ranges", "lists", "--force")
    #expect(ended.status == 73)
    #expect(try command.data("in.redacted.mp3") == before)
  }

  @Test("a list on standard input is not overwritten either")
  func listOnInput() throws {
    let command = try Command()
    let ended = try command.folder.run(
      "bash", "-c", "! \(Command.program) redact in.wav --ranges - -o a.wav --receipt r.csv --force < r.csv")
    #expect(ended.isEmpty)
    #expect(command.folder.text("r.csv") == Command.list && command.folder.names == ["in.wav", "r.csv"])
  }

  @Test("labels and notes are in no output, receipt, picture, table, message or error")
  func labels() throws {
    let command = try Command()
    let all = ["a.wav", "a.mp3", "a.flac", "a.ogg", "a.opus"].flatMap { ["-o", $0] }
    let ended = try command.start(
      ["redact", "in.wav", "--ranges", "r.csv", "--picture", "a.svg", "--receipt", "a.json"] + all
    ).wait()
    #expect(ended.status == 0 && !Command.holdsSecret(ended.output + ended.errors))
    for arguments in [["--json"], ["--dry-run"], ["--quiet"], ["--show-labels"], ["--range", "9-10"]] {
      let again = try command.start(["redact", "in.wav", "--ranges", "r.csv", "-o", "b.wav", "--force"] + arguments)
      let ended = try again.wait()
      #expect(!Command.holdsSecret(ended.output + ended.errors), "\(arguments)")
    }
    try command.run("ranges", "r.csv")
    #expect(command.folder.names.count == 10)
    #expect(!Command.holdsSecret(try command.everything()))
  }

  @Test("what is said and made is the same for two recordings that differ only where they are covered")
  func nonInterference() throws {
    let command = try Command()
    var other = try command.data("in.wav")
    for index in stride(from: 44 + 2 * 6_400, to: 44 + 2 * 14_400, by: 2) { other[index] ^= 0x55 }
    try command.folder.write(other, "other.wav")
    var made: [[[UInt8]]] = []
    for name in ["in.wav", "other.wav"] {
      let ended = try command.run(
        "redact", name, "--ranges", "r.csv", "-o", "a.mp3", "-o", "a.flac", "--picture", "a.svg", "--force", "--exact")
      #expect(ended.status == 0)
      made.append([ended.output, ended.errors] + (try ["a.mp3", "a.flac", "a.svg"].map(command.data)))
    }
    #expect(made[0] == made[1])
  }

  @Test("artwork is in the MP3, and what the picture said of itself is not")
  func artwork() throws {
    let command = try Command()
    let said: [(String, [UInt8])] = [("tEXt", Array("Author\0Delphine".utf8)), ("eXIf", Array("Marchetti".utf8))]
    try command.folder.write(Picture.png(extra: said), "cover.png")
    let ended = try command.run("redact", "in.wav", "--ranges", "r.csv", "-o", "a.mp3", "--artwork", "cover.png")
    #expect(ended.status == 0)
    let made = Data(try command.data("a.mp3"))
    #expect(made.range(of: Data(Picture.png())) != nil && made.range(of: Data("image/png".utf8)) != nil)
    #expect(!Command.holdsSecret(Array(made)))
    let before = command.folder.names
    let forced = try command.run(
      "redact", "in.wav", "--ranges", "r.csv", "-o", "b.mp3", "--receipt", "cover.png", "--force", "--artwork",
      "cover.png")
    #expect(forced.status == 73 && command.folder.names == before)
  }

  @Test("players see the artwork", .enabled(if: Tools.here("ffprobe"), "needs ffprobe"))
  func artworkSeen() throws {
    let command = try Command()
    try command.folder.write(Picture.png(), "cover.png")
    try command.run("redact", "in.wav", "--ranges", "r.csv", "-o", "a.mp3", "--artwork", "cover.png", "--title", "Été")
    let streams = try command.folder.run(
      "ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width:format_tags=title", "-of", "csv=p=0", "a.mp3")
    #expect(String(decoding: streams, as: UTF8.self).split(separator: "\n") == ["mp3", "png,1", "Été"])
  }

  @Test("a full disk behind standard output is an error, not a short list")
  func fullOutput() throws {
    let command = try Command()
    let ended = try Tool.run(
      "/usr/bin/env", ["bash", "-c", "\(Command.program) ranges r.csv > /dev/full"], in: command.folder.path)
    #expect(ended.status == 74 && ended.errorText.contains("the disk is full"))
  }
}
