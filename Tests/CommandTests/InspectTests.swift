import Foundation
import TestSupport
import Testing

@Suite struct InspectTests {
  private func json(_ command: Command, _ file: String) throws -> [String: Any] {
    let ended = try command.run("inspect", file, "--json")
    #expect(ended.status == 0 && ended.errors.isEmpty)
    return try #require(try JSONSerialization.jsonObject(with: Data(ended.output)) as? [String: Any])
  }

  @Test("the table says what a file is, what it says, and that it gives nothing away")
  func table() throws {
    let command = try Command()
    try command.run("redact", "in.wav", "--ranges", "r.csv", "-o", "a.mp3", "--title", "Émission 42")
    let text = try command.run("inspect", "a.mp3").outputText
    for words in [
      "FORMAT    MP3\n", "LENGTH    0:02.000\n", "RATE      16000 Hz, mono\n", "CBR 64 kbit/s, encoded with LAME3.100",
      "LUFS", "dBTP", "title  Émission 42\n", "Nothing was found",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test("what is said cannot move the cursor or colour the screen, and is told as it is in JSON")
  func controlCharacters() throws {
    let command = try Command()
    try command.run("redact", "in.wav", "--ranges", "r.csv", "-o", "a.mp3", "--title", "a\u{1b}[31mb\u{9b}c")
    let ended = try command.run("inspect", "a.mp3")
    #expect(!ended.output.contains(0x1b) && ended.outputText.contains("a [31mb c"))
    let tags = try json(command, "a.mp3")["tags"] as? [[String: String]]
    #expect(tags == [["kind": "title", "text": "a\u{1b}[31mb\u{9b}c"]])
  }

  @Test("chapters reach the MP3 with their times, also those that start under a cover")
  func chapters() throws {
    let command = try Command()
    try command.folder.write("0:00 Début\n0:00.6 Réseau <https://example.org/a>\n0:01.500 Fin\n", "c.txt")
    let ended = try command.run("redact", "in.wav", "--ranges", "r.csv", "-o", "a.mp3", "--chapters", "c.txt")
    #expect(ended.status == 0)
    let found = try json(command, "a.mp3")
    let chapters = try #require(found["chapters"] as? [[String: Any]])
    #expect(chapters.map { $0["title"] as? String } == ["Début", "Réseau", "Fin"])
    #expect(chapters.map { $0["start"] as? Double } == [0, 0.6, 1.5])
    #expect(chapters.map { $0["end"] as? Double } == [0.6, 1.5, 2])
    #expect(chapters.map { $0["url"] as? String } == [nil, "https://example.org/a", nil])
    #expect((found["givesAway"] as? [Any])?.isEmpty == true)
    #expect(!Command.holdsSecret(try command.everything()))
  }

  @Test("what it gives away comes with a place and with what to do; what is no sound ends with 65")
  func findings() throws {
    let command = try Command()
    try command.run("redact", "in.wav", "--ranges", "r.csv", "-o", "a.mp3")
    try command.folder.write(
      try command.data("a.mp3") + Array("TAGnobody".utf8) + [UInt8](repeating: 0, count: 119), "b.mp3")
    let size = try command.data("a.mp3").count
    let leak = try #require((try json(command, "b.mp3")["givesAway"] as? [[String: Any]])?.first)
    #expect(leak["kind"] as? String == "ID3v1 tag" && leak["offset"] as? Int == size && leak["length"] as? Int == 128)
    #expect(leak["remedy"] as? String == "Remove it in a tag editor, or write the file anew.")
    #expect(try command.run("inspect", "b.mp3").outputText.contains("byte \(size), 128 bytes"))
    #expect(try command.run("inspect", "r.csv").status == 65)
  }
}
