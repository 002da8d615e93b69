import Foundation
import PCM
import Redact
import ShowModel
import TestSupport
import Testing

@Suite struct RangeFileTests {
  private static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  private static let samples = here.appendingPathComponent("../../Samples/042-reseau").standardizedFileURL

  static let files: [(String, RangeFormat)] = [
    ("episode.ranges.csv", .csv), ("ranges/audacity.txt", .audacity), ("ranges/audition.csv", .audition),
    ("ranges/reaper.csv", .reaper), ("ranges/excel-fr.csv", .csv), ("ranges/excel-fr-windows-1252.csv", .csv),
    ("ranges/ranges.srt", .srt), ("ranges/ranges.vtt", .vtt), ("ranges/ranges.edl", .edl),
    ("ranges/cmx3600.edl", .cmx), ("ranges/ranges.json", .json), ("ranges/cue.wav", .cue),
  ]

  @Test("every format of the sample says the same eight ranges, and is told by its content", arguments: files)
  func samples(name: String, format: RangeFormat) throws {
    let path = Self.samples.appendingPathComponent(name).path
    let options = RangeFileOptions(videoRate: VideoRate("25"))
    let list = try RangeFile.read(path: path, options: options)
    let wanted = [
      (12_920, 13_960), (19_200, 20_680), (29_240, 29_880), (34_000, 34_640), (36_160, 39_120), (41_200, 42_480),
      (45_080, 49_040), (57_440, 58_600),
    ].map { (start: Int64, end: Int64) in MediaTime(milliseconds: start)..<MediaTime(milliseconds: end) }
    #expect(list.format == format)
    #expect(list.ranges.map(\.time) == wanted)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    if format != .audacity, format != .edl {
      #expect(try RangeFile.read(bytes, name: "-", options: options).ranges.map(\.time) == wanted)
    }
  }

  @Test("words of a French spreadsheet mean the same as English ones")
  func french() throws {
    let text = "Début;Fin;Remplissage;Motif;Remarque\r\n1:02,5;1:03,1;Silence;Réseau;a\r\n2;3;bruit;;\r\n"
    let ranges = try read(text).ranges
    #expect(ranges.map(\.fill) == [.silence, .noise])
    #expect(ranges.map(\.reason) == [.network, nil])
    #expect(ranges[0].note?.revealed == "a")
    #expect(ranges[0].time == MediaTime(milliseconds: 62_500)..<MediaTime(milliseconds: 63_100))
    #expect(ranges.map { $0.place?.line } == [2, 3])
  }

  @Test("a sheet saved as text keeps its fills and reasons; a label may hold tabs")
  func sheetAsText() throws {
    let sheet = try RangeFile.read(Array("1\t2\tsilence\tname\tx\r\n3\t4\t\t\t\r\n".utf8), name: "r.txt").ranges
    #expect(sheet.map(\.fill) == [.silence, nil] && sheet.map(\.reason) == [.name, nil])
    let labels = try RangeFile.read(Array("1\t2\tNora\tand others\n".utf8), name: "r.txt").ranges
    #expect(labels.map { $0.label?.revealed } == ["Nora\tand others"])
  }

  @Test("UTF-16, as some programs save it, is read")
  func utf16() throws {
    let units: [UInt8] =
      [0xff, 0xfe] + "1,2,bip,name,é\n".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] as [UInt8] }
    #expect(try RangeFile.read(units, name: "r.csv").ranges[0].note?.revealed == "é")
  }

  @Test("times are exact to the nanosecond; past that a start goes down and an end up")
  func exactTimes() throws {
    let ranges = try read("0.1234567891,0.1234567891\n1.000000001,2\n").ranges
    #expect(ranges[0].time == MediaTime(nanoseconds: 123_456_789)..<MediaTime(nanoseconds: 123_456_790))
    #expect(ranges[1].time.lowerBound == MediaTime(nanoseconds: 1_000_000_001))
  }

  @Test("drop-frame time code leaves numbers out, so ten minutes are ten minutes")
  func dropFrame() throws {
    let event = "001 AX AA C 00:00:00;00 00:00:01;00 00:10:00;00 00:10:01;00\n"
    let ranges = try RangeFile.read(Array(event.utf8), name: "x.edl", options: .init(videoRate: VideoRate("29.97")))
      .ranges
    #expect(abs(ranges[0].time.lowerBound.seconds - 600) < 0.001)
  }

  /// Name, content, and whether it is bytes in hexadecimal.
  static let bad: [(String, String)] = [
    ("point.txt", "1.0\t1.0\tSECRET"), ("end-first.csv", "start,end\n5,4"), ("column.csv", "start,end,SECRET\n1,2,3"),
    ("too-many.csv", "1,2,bip,,name,more"), ("commas.csv", "12,92,13,96"), ("no-end.csv", "start,note\n1,SECRET"),
    ("twice.csv", "start,end,fin\n1,2,3"),
    ("bars.csv", "#,Name,Start,End,Length\nR1,SECRET,5.1.00,6.1.00,1.0.00"),
    ("marker.csv", "#,Name,Start,End,Length\nM1,SECRET,1.0,,"),
    ("nan.csv", "nan,2"), ("infinite.csv", "start,end\n1,inf"), ("negative.csv", "-1,2"), ("exponent.csv", "1e3,2e3"),
    ("long.csv", "1,9999999"), ("minutes.csv", "1:75,2:00"), ("fill.csv", "1,2,SECRET"),
    ("reason.csv", "1,2,bip,SECRETS"),
    ("empty.csv", ""), ("blank.txt", "\n \n\t\n"), ("header.csv", "start,end\n"),
    ("quote.csv", "start,end,note\n1,2,\"SECRET"),
    ("swallowed.csv", "1,2,bip,name,\"SECRET\n3,4,bip,name,\"SECRET\n"),
    ("behind.csv", "1,2,bip,name,\"SECRET\"SECRET\""),
    ("half-open.csv", "1,2,bip,name,\"SECRET\nSECRET\"\n3,4,bip,name,\"SECRET\n5,6\n7,8,bip,,\"\n"),
    ("words.txt", "SECRET SECRET"),
    ("samples.csv", "Name\tStart\tDuration\tTime Format\tType\tDescription\nSECRET\t1\t2\tsamples\tCue\t"),
    ("cue.srt", "1\n00:00:01,000 -->\nSECRET"),
    ("text.srt", "1\n00:00:01,000 --> 00:00:02,000\nSECRET\n\nSECRET\nSECRET"),
    ("no-gap.srt", "1\n00:00:01,000 --> 00:00:02,000\nSECRET\n2\n00:00:03,000 --> 00:00:04,000\nSECRET"),
    ("no-gap.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nSECRET\n00:03.000 --> 00:04.000\nSECRET"),
    ("head.vtt", "WEBVTT\n00:01.000 --> 00:02.000\nSECRET"),
    ("note.vtt", "WEBVTT\n\nNOTE SECRET\n00:01.000 --> 00:02.000\nSECRET\n\n00:03.000 --> 00:04.000\n"),
    ("action.edl", "1 2 3"), ("frames.edl", "1 2 1\n# SECRET\n#125 #150 1"), ("frames-only.edl", "#125 #150 1"),
    ("label.csv", "start,end,label\n2,9,12"), ("fields.edl", "1 2"),
    ("rate.edl", "TITLE: SECRET\n001 AX V C 00:00:01:00 00:00:02:00 00:00:01:00 00:00:02:00"),
    ("syntax.json", "{\"version\": 1,\n\"ranges\": [{]}"),
    ("key.json", "{\"version\":1,\"ranges\":[\n{\"start\":1,\"end\":2,\"SECRET\":3}]}"),
    ("version.json", "{\"version\":2,\"ranges\":[]}"),
    ("kind.json", "{\"version\":1,\"ranges\":[{\"start\":1,\"end\":2,\"note\":3}]}"),
    ("number.json", "{\"version\":1,\"ranges\":[{\"start\":-1e2,\"end\":2}]}"),
    ("none.json", "{\"version\":1,\"ranges\":[]}"),
    ("sheet.csv", "PK\u{3}\u{4}SECRET"), ("sound.csv", "fLaCSECRET"), ("binary.csv", "1,2\u{0}\u{1}"),
    ("deep.json", String(repeating: "[", count: 100_000)),
    ("broken.wav", "RIFF\u{4}\u{0}\u{0}\u{0}WAVEfmt \u{7f}\u{7f}\u{7f}\u{7f}"),
  ]

  @Test("each bad file is refused with its name, its line and what to do")
  func refusals() throws {
    var text = ""
    for (name, content) in Self.bad {
      let error = #expect(throws: RedactError.self, "\(name)") { try RangeFile.read(Array(content.utf8), name: name) }
      let message = error.map(\.description) ?? "taken!"
      #expect(!message.contains("SECRET") && !String(reflecting: error).contains("SECRET"))
      #expect(message.hasPrefix(name) && error?.exit == .badData && error?.remedy.isEmpty == false)
      text += message + "\n"
    }
    #expect(try text == Golden.text("Goldens/refusals.txt", now: text))
  }

  @Test(
    "converted and read again, a range is never shorter, and longer by no more than the format's step",
    arguments: RangeFormat.allCases)
  func conversion(format: RangeFormat) throws {
    var seeded = Seeded(7)
    let options = RangeFileOptions(videoRate: VideoRate("25"))
    let step = format.resolution ?? MediaTime(nanoseconds: format == .cue ? 20_834 : 40_000_000)
    for _ in 0..<60 {
      let ranges = (0..<Int.random(in: 1...9, using: &seeded)).map { index in
        let start = Int64(index) * 20_000_000_000 + Int64.random(in: 0..<10_000_000_000, using: &seeded)
        let label =
          ["", "a,b", "\"q\"", "tab\tand\nline", "é;–", " x ", "\u{742}9 2", ",\u{301}\"\u{301}", "a --> b"]
          .randomElement(using: &seeded) ?? ""
        return RedactionRange(
          time: MediaTime(
            nanoseconds: start)..<MediaTime(nanoseconds: start + Int64.random(in: 1...9_000_000_000, using: &seeded)),
          fill: Fill.allCases.randomElement(using: &seeded), label: label.isEmpty ? nil : PrivateText(label))
      }
      let bytes = try RangeFile.write(ranges, as: format, options: options)
      let back = try RangeFile.read(bytes, name: "x.\(format.fileExtension)", options: options)
      #expect(back.format == format)
      try #require(back.ranges.count == ranges.count)
      for (old, new) in zip(ranges, back.ranges) {
        if format == .cue { #expect(new.label == old.label) }
        #expect(new.time.lowerBound <= old.time.lowerBound && old.time.upperBound <= new.time.upperBound)
        #expect(
          old.time.lowerBound - new.time.lowerBound < step && new.time.upperBound - old.time.upperBound < step + step)
      }
    }
  }

  @Test("whatever bytes a file holds, it is read or refused")
  func hostile() throws {
    var seeded = Seeded(8)
    let seeds = try Self.files.map {
      [UInt8](try Data(contentsOf: Self.samples.appendingPathComponent($0.0)).prefix(700))
    }
    for number in 0..<1_500 {
      var bytes = seeds[number % seeds.count]
      for _ in 0..<Int.random(in: 1...8, using: &seeded) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &seeded)
        switch Int.random(in: 0..<3, using: &seeded) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &seeded)
        case 1: bytes.removeSubrange(at...)
        default: bytes.insert(contentsOf: bytes[at...].prefix(9), at: at)
        }
      }
      do {
        let ranges = try RangeFile.read(bytes, name: "x", options: .init(videoRate: VideoRate("25"))).ranges
        #expect(ranges.allSatisfy { !$0.time.isEmpty && $0.time.lowerBound >= .zero })
      } catch let error as RedactError { #expect(!error.remedy.isEmpty) }
    }
  }

  @Test("a range on the command line", arguments: ["1:02.5-1:03.1", "62,5-63,1", "0:01:02.500-0:01:03.100"])
  func argument(text: String) throws {
    #expect(try RangeFile.parseArgument(text).time == MediaTime(milliseconds: 62_500)..<MediaTime(milliseconds: 63_100))
  }

  @Test("what is no range on the command line is refused", arguments: ["", "1", "1-2-3", "2-1", "1-1", "a-b", "1..2"])
  func badArgument(text: String) { #expect(throws: RedactError.self) { try RangeFile.parseArgument(text) } }

  private func read(_ text: String) throws -> (ranges: [RedactionRange], format: RangeFormat) {
    try RangeFile.read(Array(text.utf8), name: "r.csv")
  }
}
