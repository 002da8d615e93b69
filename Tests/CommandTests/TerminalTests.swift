import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("script"), "needs script")) struct TerminalTests {
  @Test("--show-labels shows names on a terminal, where none of them can steer it")
  func labels() throws {
    let command = try Command()
    try command.folder.write("start,end,label\n0.4,0.9,Delphine\u{9b}31mM\n", "r.csv")
    for line in ["redact in.wav --ranges r.csv --dry-run", "ranges r.csv"] {
      let seen = try onTerminal("\(line) --show-labels", command)
      #expect(seen.contains("LABEL") && seen.contains("Delphine 31mM"))
      #expect(!(try onTerminal(line, command)).contains("Delphine"))
    }
  }

  @Test("a run of more than a second shows how far it is, and clears that away")
  func progress() throws {
    let command = try Command()
    try command.folder.write(Wave.long(times: 3), "in.wav")
    let outputs = ["a.mp3", "a.ogg", "a.opus"].map { "-o \($0)" }.joined(separator: " ")
    let seen = try onTerminal("redact in.wav --ranges r.csv \(outputs)", command)
    #expect(seen.contains("\r[#") && seen.contains(" left"))
    #expect(seen.contains("\r\u{1b}[KCOVERED"))
    #expect(!(try onTerminal("redact in.wav --ranges r.csv -o b.mp3 --quiet", command)).contains("["))
  }

  @Test("cue points are not thrown at a terminal")
  func cue() throws {
    let seen = try onTerminal("ranges r.csv --to cue", try Command())
    #expect(seen.contains("Cue points are not text") && !seen.contains("RIFF"))
  }

  private func onTerminal(_ line: String, _ command: Command) throws -> String {
    let output = try Tool.run(
      "/usr/bin/env", ["script", "-qec", "\(Command.program) \(line)", "/dev/null"], in: command.folder.path
    ).output
    return String(decoding: output, as: UTF8.self)
  }
}
