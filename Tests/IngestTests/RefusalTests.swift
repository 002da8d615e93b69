import Foundation
import Ingest
import PCM
import ShowModel
import TestSupport
import Testing

@Suite struct RefusalTests {
  private static let sound = Ramp.int16(40_000).bytes

  @Test("what is no sound file is refused for what it is")
  func notSound() throws {
    let bench = try Folder()
    try bench.run("mkdir", "folder")
    try bench.run("mkfifo", "pipe")
    try bench.write([], "empty.wav")
    try bench.write(Array("start;end;reason\n1,5;2,5;nom\n".utf8), "ranges.csv")
    try bench.write([0xFF, 0xFE] + "hello".utf8.flatMap { [$0, 0] }, "utf16.txt")
    try bench.write(Array("SQLite format 3\0".utf8) + Array(repeating: 0, count: 100), "show.aup3")
    try bench.write((0..<2_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }, "rubbish.wav")
    try bench.write(WaveWriter(data: []).bytes, "nothing.wav")
    let expected: [(String, IngestError.Code)] = [
      ("missing.wav", .missing), ("empty.wav/a.wav", .missing), ("", .missing), ("folder", .notAFile),
      ("pipe", .notAFile), ("empty.wav", .empty), ("ranges.csv", .text), ("utf16.txt", .text),
      ("show.aup3", .unknownFormat), ("rubbish.wav", .unknownFormat), ("nothing.wav", .noFrames),
    ]
    for (name, code) in expected {
      #expect(refusal(name.isEmpty ? "" : bench.file(name)) == code, Comment(rawValue: name))
    }
    #expect(refusal("/dev/zero") == .notAFile)
  }

  @Test("a file that may not be read is refused")
  func notPermitted() throws {
    #expect(IngestError.cannotOpen("a.wav", errorNumber: EACCES).code == .notPermitted)
    // Root may read everything.
    guard geteuid() != 0 else { return }
    let bench = try Folder()
    try bench.write(WaveWriter(data: Self.sound).bytes, "a.wav")
    try bench.run("chmod", "000", "a.wav")
    #expect(refusal(bench.file("a.wav")) == .notPermitted)
  }

  @Test("rates and channels beyond what is supported are refused")
  func unsupported() throws {
    let bench = try Folder()
    for rate in [4_000, 7_999, 192_001, 384_000] {
      let path = try bench.write(WaveWriter(rate: UInt32(rate), data: Self.sound).bytes, "a.wav")
      #expect(refusal(path) == .unsupportedRate)
    }
    for channels in [9, 16, 255] {
      let path = try bench.write(WaveWriter(channels: UInt16(channels), data: Self.sound).bytes, "a.wav")
      #expect(refusal(path) == .unsupportedChannels)
    }
  }

  @Test(
    "a sample that is no number is refused, with its time and channel", arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(bad: Float) throws {
    let bench = try Folder()
    for (tag, bits) in [(UInt16(3), UInt16(32)), (3, 64)] {
      var bytes = (bits == 32 ? Ramp.float32(20_000) : Ramp.float64(20_000)).bytes
      let width = Int(bits) / 8
      let at = 12_001 * width
      let pattern = bits == 32 ? Ramp.bytes(bad.bitPattern) : Ramp.bytes(Double(bad).bitPattern)
      bytes.replaceSubrange(at..<(at + width), with: pattern)
      let path = try bench.write(
        WaveWriter(tag: tag, bits: bits, channels: 2, rate: 8_000, data: bytes).bytes, "a.wav")
      let error = #expect(throws: IngestError.self) { try Heard(path) }
      #expect(error?.code == .notFinite)
      #expect(error?.problem == "the sample at 0:00.750 on channel 2 is not a number")
      #expect(refusal(path, allowTruncated: true) == .notFinite)
    }
  }

  @Test("a header of the WAVE family that lies is refused, and read for what is there where that is allowed")
  func lyingHeaders() throws {
    let bench = try Folder()
    let size = UInt64(Self.sound.count)
    for kind in WaveWriter.Kind.allCases {
      let isWide = kind != .wave
      let cases: [(UInt64, IngestError.Code)] = [
        (size + 2, .truncated), (size * 3, .truncated), (size / 2, .longerThanAnnounced), (0, .unknownLength),
        (isWide ? .max : 0xFFFF_FFFF, .unknownLength), (isWide ? UInt64(Int64.max) : 0x7FFF_FFFF, .unknownLength),
      ]
      for (announced, code) in cases {
        let writer = WaveWriter(kind: kind, data: Self.sound, announcedData: announced)
        let path = try bench.write(writer.bytes, "a.wav")
        let what = Comment(rawValue: "\(kind) \(announced)")
        // 24 more than -1 is a size that is less than its own header.
        let isNoSize = kind == .w64 && announced == .max
        #expect(refusal(path) == (isNoSize ? .damaged : code), what)
        if isNoSize { continue }
        let heard = try Heard(path, allowTruncated: true)
        #expect(heard.frames == Int(size / 2), what)
        #expect(heard.description.length == FrameCount(Int64(size / 2)), what)
        #expect(heard.layout == nil, what)
      }
    }
  }

  @Test("a WAVE file cut anywhere is refused, or all of its sound is there")
  func cutAnywhere() throws {
    let bench = try Folder()
    let sound = Ramp.int16(60).bytes
    for kind in WaveWriter.Kind.allCases {
      let whole = WaveWriter(kind: kind, data: sound).bytes
      for length in 1..<whole.count {
        let path = try bench.write(Array(whole[..<length]), "a.wav")
        #expect(refusal(path, searchPath: "") != nil, "\(kind) \(length)")
      }
    }
  }

  @Test("what comes behind the sound is passed over, a little rubbish too")
  func behind() throws {
    let bench = try Folder()
    for after in [
      WaveWriter.chunk("LIST", [1, 2, 3]), Array("TAG".utf8) + [0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 9, 9],
    ] {
      let heard = try Heard(try bench.write(WaveWriter(data: Self.sound, after: after).bytes, "a.wav"))
      #expect(heard.frames == Self.sound.count / 2)
    }
    let twice = WaveWriter(data: Self.sound, after: WaveWriter.chunk("data", [1, 2])).bytes
    #expect(try Heard(try bench.write(twice, "a.wav")).layout == nil)
  }

  @Test("an error holds nothing of what a file's tags say")
  func nothingPrivate() throws {
    let bench = try Folder()
    let name = "Jeanne Durand 0612345678"
    let tag = WaveWriter.chunk("LIST", Array("INFOINAM".utf8) + Ramp.bytes(UInt32(name.utf8.count)) + Array(name.utf8))
    let faults: [WaveWriter] = [
      WaveWriter(data: Self.sound, announcedData: 1_000_000, before: tag),
      WaveWriter(data: Self.sound, announcedData: 0, before: tag), WaveWriter(data: [], before: tag),
      WaveWriter(rate: 1, data: Self.sound, before: tag), WaveWriter(tag: 99, data: Self.sound, before: tag),
      WaveWriter(tag: 3, bits: 32, data: [UInt8](repeating: 0xFF, count: 400), before: tag),
    ]
    for writer in faults {
      let path = try bench.write(writer.bytes, "a.wav")
      let error = #expect(throws: IngestError.self) { try Heard(path) }
      let text = error.map { String(describing: $0) + String(reflecting: $0) } ?? ""
      #expect(!text.contains("Durand") && !text.contains("0612345678"))
    }
  }

  @Test("names with spaces, leading dashes, percent signs and line ends are names")
  func oddNames() throws {
    let bench = try Folder()
    let there = FileManager.default.currentDirectoryPath
    for name in ["with space.wav", "-i.wav", "100%d%s.wav", "two\nlines.wav", "file:x.wav", "é ü 🙂.wav"] {
      let path = try bench.write(WaveWriter(data: Self.sound).bytes, name)
      #expect(try Heard(path).frames == Self.sound.count / 2)
    }
    let error = #expect(throws: IngestError.self) { try SoundFile.open(bench.file("no\nsuch.wav")) }
    #expect(error.map { !$0.description.contains("\n") } == true)
    #expect(there == FileManager.default.currentDirectoryPath)
  }
}
