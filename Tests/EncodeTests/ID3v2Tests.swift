import Encode
import Foundation
import PCM
import ShowModel
import TestSupport
import Testing

@Suite struct ID3v2Tests {
  private static let chapters = [
    Chapter(start: .zero, end: MediaTime(milliseconds: 1_000), title: "Début — « réseau »"),
    Chapter(
      start: MediaTime(milliseconds: 1_000), end: MediaTime(milliseconds: 2_500),
      title: String(repeating: "ü", count: 90),
      url: "https://example.org/a?b=c"),
  ]

  private static func tags() throws -> Tags {
    var tags = Tags(
      title: "Émission 42 🎙", artist: "Section syndicale", album: "Réseau", date: "2026-11-24", comment: "a/b; c",
      artwork: try Artwork(Picture.png()))
    tags.chapters = chapters
    return tags
  }

  @Test("nothing to say is no tag at all") func empty() throws { #expect(try Tags().id3v2().isEmpty) }

  @Test("a tag is ID3v2.3, ends with its last frame, and names no program and no time of its own")
  func layout() throws {
    let bytes = try Self.tags().id3v2()
    #expect(bytes.starts(with: Array("ID3".utf8) + [3, 0, 0]))
    #expect(bytes[6..<10].reduce(0) { $0 << 7 | Int($1) } == bytes.count - 10)
    #expect(
      Self.frames(of: bytes[10...]).map(\.name)
        == ["TIT2", "TPE1", "TALB", "COMM", "APIC", "CHAP", "CHAP", "CTOC", "TYER", "TDAT"])
    for word in ["TSSE", "LAME", "TagLib", "TDTG"] { #expect(Data(bytes).range(of: Data(word.utf8)) == nil) }
    #expect(try Self.tags().id3v2() == bytes)
  }

  @Test("texts are UTF-16 with a byte order mark, and frames in a chapter have plain sizes")
  func encodings() throws {
    let frames = Self.frames(of: try Self.tags().id3v2()[10...])
    let title = try #require(frames.first).body
    #expect(title.starts(with: [1, 0xff, 0xfe]))
    #expect(String(decoding: Self.units(title.dropFirst(3)), as: UTF16.self) == "Émission 42 🎙")
    let chapter = try #require(frames.last { $0.name == "CHAP" }).body
    #expect(chapter.starts(with: Array("chapter1\0".utf8) + [0, 0, 3, 0xe8, 0, 0, 9, 0xc4]))
    #expect(chapter.dropFirst(17).prefix(8).allSatisfy { $0 == 0xff })
    #expect(Self.frames(of: chapter.dropFirst(25)).map(\.name) == ["TIT2", "WXXX"])
    let contents = try #require(frames.first { $0.name == "CTOC" }).body
    #expect(Array(contents) == Array("toc\0".utf8) + [3, 2] + Array("chapter0\0chapter1\0".utf8))
  }

  @Test(
    "ffprobe reads back what was given", .enabled(if: Tools.here("ffprobe"), "needs ffprobe"),
    arguments: [8_000, 48_000])
  func probed(hertz: Int) throws {
    let folder = try Folder()
    try Self.write(Self.tags(), hertz: hertz, to: folder.file("a.mp3"))
    let json = try folder.run(
      "ffprobe", ["-v", "error", "-of", "json", "-show_chapters", "-show_entries", "format_tags", "a.mp3"])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    let tags = (object["format"] as? [String: Any])?["tags"] as? [String: String]
    #expect(
      tags == [
        "title": "Émission 42 🎙", "artist": "Section syndicale", "album": "Réseau", "date": "2026-11-24",
        "comment": "a/b; c",
      ])
    let chapters = try #require(object["chapters"] as? [[String: Any]])
    #expect(
      chapters.map { $0["start"] as? Int } == [0, 1_000] && chapters.map { $0["end"] as? Int } == [1_000, 2_500])
    #expect(chapters.map { ($0["tags"] as? [String: String])?["title"] } == Self.chapters.map(\.title))
  }

  @Test("chapters and artwork are refused where an output can't take them")
  func refused() throws {
    var tags = Tags()
    tags.chapters = Self.chapters
    let error = #expect(throws: EncodeError.self) { try tags.check(for: [.mp3(MP3Settings()), .flac(bits: 16)]) }
    #expect(error?.exit == .usage && error?.problem.contains("chapters") == true)
    try tags.check(for: [.mp3(MP3Settings())])
  }

  private static func write(_ tags: Tags, hertz: Int, to path: String) throws {
    let format = try #require(SampleRate(hertz: hertz).flatMap { SoundFormat(rate: $0, channels: 1) })
    try Data().write(to: URL(fileURLWithPath: path))
    let descriptor = open(path, O_RDWR)
    defer { close(descriptor) }
    let sink = try Encoder.open(
      .mp3(MP3Settings()), sound: format, frames: FrameCount(8_192), tags: tags, dither: false,
      descriptor: descriptor)
    var block = SampleBlock(channels: 1)
    block.setFrameCount(8_192)
    try sink.write(block)
    try sink.finish()
  }

  private static func frames(of bytes: ArraySlice<UInt8>) -> [(name: String, body: ArraySlice<UInt8>)] {
    var rest = bytes
    var frames: [(name: String, body: ArraySlice<UInt8>)] = []
    while rest.count >= 10 {
      let size = rest.dropFirst(4).prefix(4).reduce(0) { $0 << 8 | Int($1) }
      frames.append((String(decoding: rest.prefix(4), as: UTF8.self), rest.dropFirst(10).prefix(size)))
      rest = rest.dropFirst(10 + size)
    }
    return frames
  }

  private static func units(_ bytes: ArraySlice<UInt8>) -> [UInt16] {
    let bytes = Array(bytes)
    return stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
  }
}
