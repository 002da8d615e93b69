import Foundation
import TestSupport
import Testing

/// What people get wrong, and what they are told. `RECORD=1` writes the golden anew.
@Suite struct MistakeTests {
  /// One row a mistake: its exit status and its arguments.
  static let mistakes: [(Int32, String)] = [
    (0, ""), (64, "redact"), (64, "redact in.wav"), (64, "redact in.wav --ranges r.csv --loud"),
    (64, "redact in.wav --rang 1-2"), (64, "redact in.wav --bogus=7 --range 1-2 --cbr 64 --vbr 4"),
    (64, "review in.wav"), (64, "redact in.wav --ranges r.csv --fill music"),
    (66, "redact missing.wav --ranges r.csv"), (66, "redact in.wav --ranges missing.csv"),
    (66, "redact folder --ranges r.csv"), (66, "redact in.wav --ranges folder"),
    (65, "redact in.wav --ranges late.csv"), (65, "redact in.wav --range 1.5-2.5"), (64, "redact in.wav --range 1-1"),
    (64, "redact in.wav --range 1"), (64, "redact in.wav --range one-two"), (65, "redact in.wav --ranges empty.csv"),
    (65, "redact in.wav --ranges sheet.csv"), (65, "redact in.wav --ranges in.flac"),
    (65, "redact in.wav --ranges badline.csv"), (65, "redact in.wav --ranges commas.csv"), (73, "new there.mp3"),
    (64, "redact in.wav --ranges r.csv -o out.xyz"),
    (64, "redact in.wav --ranges r.csv -o out"), (73, "redact in.wav --ranges r.csv -o there.mp3"),
    (73, "redact in.wav --ranges r.csv -o in.wav"), (73, "redact in.wav --ranges r.csv -o in.wav --force"),
    (73, "redact in.wav --ranges r.csv -o out.wav --receipt r.csv --force"),
    (73, "redact in.wav --ranges r.csv -o out.wav --picture r.csv --force"),
    (73, "redact in.wav --ranges lists -o out.wav --receipt lists/in.csv --force"),
    (73, "redact in.wav --ranges r.csv -o missing/out.mp3"), (73, "redact in.wav --ranges r.csv -o r.csv/out.mp3"),
    (73, "redact in.wav --ranges r.csv -o folder.mp3 --force"),
    (64, "redact in.wav --ranges r.csv -o out.mp3 -o ./out.mp3"),
    (64, "redact in.wav --ranges r.csv -o out.mp3 --receipt out.mp3"),
    (65, "redact text.wav --ranges r.csv"), (65, "redact r.csv --ranges r.csv"), (65, "redact cut.wav --ranges r.csv"),
    (65, "redact empty.wav --ranges r.csv"), (69, "redact episode.m4a --ranges r.csv"),
    (64, "redact in.wav --ranges r.csv --cbr 100"), (64, "redact in.wav --ranges r.csv --cbr many"),
    (64, "redact in.wav --ranges r.csv --cbr 64 --vbr 4"), (64, "redact in.wav --ranges r.csv --vbr 10"),
    (64, "redact in.wav --ranges r.csv --abr 1"), (64, "redact in.wav --ranges r.csv --pad -1"),
    (64, "redact in.wav --ranges r.csv --date yesterday"), (64, "redact in.wav --ranges r.csv --show-labels"),
    (64, "redact in.wav --ranges r.csv --json --dry-run"), (64, "redact in.wav in.wav --ranges r.csv"),
    (64, "redact in.wav --range 0.1-0.2 0.4-0.5"), (64, "redact in.wav in.flac --range 0.1-0.2"),
    (64, "redact in.wav --ranges r.csv -o out.wav --receipt -"),
    (64, "redact in.wav in.flac --ranges lists -o out.mp3"), (64, "redact in.wav in.flac --ranges lists --force"),
    (66, "redact in.wav --ranges r.csv -o out.mp3 --artwork missing.jpg"),
    (65, "redact in.wav --ranges r.csv -o out.mp3 --artwork r.csv"),
    (65, "redact in.wav --ranges r.csv -o out.mp3 --artwork cut.png"),
    (65, "redact in.wav --ranges r.csv -o out.mp3 --artwork huge.png"),
    (64, "redact in.wav --ranges r.csv -o out.mp3 -o out.flac --artwork cover.png"),
    (66, "redact in.wav --ranges r.csv -o out.mp3 --chapters missing.txt"),
    (65, "redact in.wav --ranges r.csv -o out.mp3 --chapters badline.csv"),
    (65, "redact in.wav --ranges r.csv -o out.mp3 --chapters latechapters.txt"),
    (64, "redact in.wav --ranges r.csv -o out.mp3 -o out.wav --chapters chapters.txt"),
    (73, "redact in.wav --ranges r.csv -o chapters.txt.mp3 --receipt chapters.txt --chapters chapters.txt --force"),
    (73, "redact in.wav --ranges r.csv -o out.mp3 --cache r.csv"),
    (64, "inspect"), (66, "inspect missing.wav"), (65, "inspect r.csv"), (66, "inspect folder"),
    (65, "inspect empty.wav"),
    (66, "ranges missing.csv"), (65, "ranges empty.csv"), (64, "ranges r.csv --to pdf"), (64, "ranges r.csv --to cmx"),
    (64, "ranges r.csv --fps 26"), (64, "ranges r.csv --show-labels"), (64, "ranges r.csv --to cue --rate 1"),
    (66, "verify in.wav missing.mp3 --ranges r.csv"), (64, "verify in.wav --ranges r.csv"),
    (64, "verify in.wav in.wav"),
  ]

  @Test("each mistake ends with its status, says what to do, and leaves nothing behind")
  func mistakes() throws {
    let command = try Command()
    try Self.furnish(command.folder)
    let before = command.folder.names
    let kept = try ["in.wav", "r.csv", "there.mp3", "lists/in.csv"].map(command.data)
    var text = ""
    for (status, line) in Self.mistakes {
      let ended = try command.start(line.split(separator: " ").map(String.init), environment: ["PATH": ""]).wait()
      #expect(ended.status == status, "\(line)")
      #expect(ended.output.isEmpty || line.isEmpty, "\(line)")
      #expect(!Command.holdsSecret(ended.output + ended.errors), "\(line)")
      #expect(command.folder.names == before, "\(line)")
      text += "$ podcast \(line)\n\(ended.errorText)= \(ended.status)\n\n"
    }
    #expect(try kept == ["in.wav", "r.csv", "there.mp3", "lists/in.csv"].map(command.data))
    #expect(!text.contains(command.folder.path))
    #expect(try text == Golden.text("Goldens/mistakes.txt", now: text))
  }

  private static func furnish(_ folder: Folder) throws {
    for name in ["folder", "folder.mp3", "lists"] {
      try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: false)
    }
    try folder.write(Command.list, "lists/in.csv")
    try folder.write("start,end,note\n1,90,SECRET-NOTE\n", "late.csv")
    try folder.write("1,1.5\n2,Delphine\n", "badline.csv")
    try folder.write("12,92,13,96\n", "commas.csv")
    try folder.write("", "empty.csv")
    try folder.write("0:00 Delphine\n0:01 Fin\n", "chapters.txt")
    try folder.write("0:00 Fin\n0:09 Delphine\n", "latechapters.txt")
    try folder.write("PK\u{3}\u{4}Delphine", "sheet.csv")
    try folder.write(Array("fLaC".utf8) + [0x80, 0, 0, 34] + [UInt8](repeating: 0, count: 34), "in.flac")
    try folder.write("old", "there.mp3")
    try folder.write("Delphine said something.\n", "text.wav")
    try folder.write(Array(try folder.read("in.wav").dropLast(9_000)), "cut.wav")
    try folder.write("", "empty.wav")
    try folder.write([0, 0, 0, 16] + Array("ftypM4A     ".utf8) + [0, 0, 0, 8] + Array("moov".utf8), "episode.m4a")
    try folder.write(Picture.png(), "cover.png")
    try folder.write(Array(Picture.png().dropLast(20)), "cut.png")
    try folder.write(Picture.png() + [UInt8](repeating: 0, count: 3 << 20), "huge.png")
  }
}
