import Foundation
import Ingest
import PCM
import ShowModel
import TestSupport
import Testing

@Suite struct ChapterTests {
  static let same: [(String, String)] = [
    (
      "podlove.psc",
      """
      <?xml version="1.0" encoding="ISO-8859-1"?>
      <psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
        <psc:chapter start="00:00:00.000" title="Début" />
        <psc:chapter start="1:02.5" title="Réseau &amp; câbles" href="https://example.org/a" image="https://example.org/b" />
        <psc:chapter start="3600" title="Fin"/>
      </psc:chapters>
      """
    ),
    (
      "podcasting.json",
      """
      {"version": "1.2.0", "author": "x", "chapters": [
        {"startTime": 0, "title": "Début"},
        {"startTime": 12.25, "img": "https://example.org/b", "toc": false},
        {"startTime": 62.5, "title": "R\\u00e9seau & câbles", "url": "https://example.org/a"},
        {"startTime": "3600", "title": "Fin"}]}
      """
    ),
    ("chapters.txt", "00:00:00.000 Début\n\n00:01:02.500 Réseau & câbles <https://example.org/a>\r\n01:00:00 Fin\n"),
  ]

  @Test("each format says the same three chapters, told by its content", arguments: same)
  func formats(name: String, text: String) throws {
    let chapters = try ChapterFile.read(Array(text.utf8), name: "x")
    #expect(chapters.map(\.title) == ["Début", "Réseau & câbles", "Fin"], "\(name)")
    #expect(chapters.map(\.start) == [0, 62_500, 3_600_000].map { MediaTime(milliseconds: $0) })
    #expect(chapters.map(\.url) == [nil, "https://example.org/a", nil])
    #expect(chapters.allSatisfy { $0.end == nil && $0.place?.line != nil })
  }

  @Test("a chapter ends at its own end, where the next starts, or with the sound")
  func ends() throws {
    let text =
      "{\"version\":\"1.0\",\"chapters\":[{\"startTime\":0,\"endTime\":1,\"title\":\"a\"},"
      + "{\"startTime\":2,\"title\":\"b\"},{\"startTime\":3,\"title\":\"c\",\"endTime\":99}]}"
    let chapters = try ChapterFile.fit(
      ChapterFile.read(Array(text.utf8), name: "x"), to: MediaTime(milliseconds: 4_500))
    #expect(chapters.map(\.end) == [1_000, 3_000, 4_500].map { MediaTime(milliseconds: $0) })
  }

  static let bad: [(String, String)] = [
    ("time.txt", "0:00 SECRET\nSECRET"), ("time.psc", "<psc:chapters>\n<psc:chapter start='SECRET' title='SECRET'/>"),
    ("time.json", "{\"version\":\"1.2.0\",\"chapters\":[\n{\"startTime\":-1,\"title\":\"SECRET\"}]}"),
    ("no-time.json", "{\"version\":\"1.2.0\",\"chapters\":[\n{\"title\":\"SECRET\"}]}"),
    ("seconds.txt", "00:61 SECRET"), ("order.txt", "0:01 SECRET\n0:01 SECRET"),
    ("order.psc", "<chapters><chapter start='2' title='SECRET'/>\n<chapter start='1' title='SECRET'/></chapters>"),
    ("end.json", "{\"version\":\"1.2.0\",\"chapters\":[{\"startTime\":2,\"endTime\":1,\"title\":\"SECRET\"}]}"),
    ("untitled.txt", "0:01\n"), ("untitled.psc", "<chapters><chapter start='2' title=' '/></chapters>"),
    ("long.txt", "0:01 \(String(repeating: "SECRET", count: 200))"),
    ("many.txt", (0..<256).map { "\($0 / 60):\($0 % 60 < 10 ? "0" : "")\($0 % 60) SECRET\n" }.joined()),
    ("address.txt", "0:01 SECRET <http://SECRÉT>"),
    (
      "address.json",
      "{\"version\":\"1.0\",\"chapters\":[{\"startTime\":2,\"url\":\"file:///SECRET\",\"title\":\"a\"}]}"
    ),
    ("syntax.json", "{\"version\":\"1.2.0\",\n\"chapters\":[{]}"),
    ("kind.json", "{\"version\":\"2.0\",\"chapters\":[]}"),
    ("list.json", "[{\"startTime\":1}]"), ("none.json", "{\"version\":\"1.2.0\",\"chapters\":[]}"),
    ("none.psc", "<chapters/>"), ("syntax.psc", "<chapters>\n<chapter start='1' title='SECRET'>"),
    ("entity.psc", "<!DOCTYPE a [<!ENTITY b 'SECRET'>]><chapters><chapter start='1' title='&b;'/></chapters>"),
    ("page.html", "<html><body>SECRET</body></html>"), ("prose.txt", "SECRET was here.\n"), ("empty.txt", ""),
    ("blank.txt", " \n\n"), ("sound.mp3", "ID3\u{0}\u{0}"),
    ("control.json", "{\"version\":\"1.0\",\"chapters\":[{\"startTime\":2,\"title\":\"SEC\\u0000RET\"}]}"),
  ]

  @Test("each bad list is refused with its name, its line and what to do, and nothing of it is repeated")
  func refusals() throws {
    var text = ""
    for (name, content) in Self.bad {
      let error = #expect(throws: IngestError.self, "\(name)") { try ChapterFile.read(Array(content.utf8), name: name) }
      let message = error.map(\.description) ?? "\(name): taken!"
      #expect(!message.contains("SEC") && error?.exit == .badData && message.hasPrefix(name), "\(name)")
      text += message + "\n"
    }
    let late = #expect(throws: IngestError.self) {
      try ChapterFile.fit(
        ChapterFile.read(Array("0:01 a\n0:02 SECRET\n".utf8), name: "late.txt"), to: MediaTime(milliseconds: 1_500))
    }
    text += (late.map(\.description) ?? "taken!") + "\n"
    #expect(try text == Golden.text("Goldens/chapters.txt", now: text))
  }

  @Test("what is no regular file is refused, and a pipe does not hold the program up")
  func unreadable() throws {
    let folder = try Folder()
    try folder.run("mkfifo", "pipe")
    for name in ["pipe", "missing.txt", "."] {
      let error = #expect(throws: IngestError.self) { try ChapterFile.read(path: folder.file(name)) }
      #expect(error?.exit == .noInput)
    }
  }

  @Test("whatever bytes a list holds, it is read or refused")
  func hostile() throws {
    var seeded = Seeded(3)
    for number in 0..<900 {
      var bytes = Array(Self.same[number % 3].1.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &seeded) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &seeded)
        switch Int.random(in: 0..<3, using: &seeded) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &seeded)
        case 1: bytes.removeSubrange(at...)
        default: bytes.insert(contentsOf: bytes[at...].prefix(9), at: at)
        }
      }
      do {
        let chapters = try ChapterFile.read(bytes, name: "x")
        #expect(!chapters.isEmpty && chapters.allSatisfy { !$0.title.isEmpty })
      } catch let error as IngestError { #expect(!error.remedy.isEmpty) }
    }
  }
}
