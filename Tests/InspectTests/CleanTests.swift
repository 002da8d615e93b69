import Encode
import Foundation
import PCM
import Production
import ShowModel
import TestSupport
import Testing

/// What `redact` writes gives nothing away.
@Suite struct CleanTests {
  private static let range = RedactionRange(
    time: MediaTime(milliseconds: 600)..<MediaTime(milliseconds: 1_200), label: PrivateText("Delphine"))

  static let settings: [MP3Settings] = [
    MP3Settings(), MP3Settings(rate: .constant(32)), MP3Settings(rate: .constant(320)),
    MP3Settings(rate: .average(100)), MP3Settings(rate: .variable(5)), MP3Settings(rate: .variable(6)),
    MP3Settings(rate: .variable(9), isMono: true),
  ]

  private static func tags() throws -> Tags {
    var tags = Tags(
      title: "Émission 42", artist: "Section syndicale", album: "Réseau", date: "2026-11-24",
      comment: "Avec et sans câbles", artwork: try Artwork(Picture.png()))
    tags.chapters = [Chapter(start: .zero, title: "Début", url: "https://example.org/")]
    return tags
  }

  /// A recording that says a lot: speech-like noise in stereo, with `bext`, a title and labels.
  private static func recording(in folder: Folder) throws -> String {
    var seeded = Seeded(5)
    let samples = (0..<192_000).flatMap { index in
      let swing = sin(Double(index) / 9_000) * 6_000
      let value = Int16(Double.random(in: -1...1, using: &seeded) * swing)
      return [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
    let format = [1, 0, 2, 0] + Raw.little(48_000) + Raw.little(192_000) + [4, 0, 16, 0]
    let info = Array("INFO".utf8) + Raw.chunk("INAM", Array("Delphine".utf8)) + Raw.chunk("ISFT", Array("Ed".utf8))
    let chunks = Raw.chunk("bext", [UInt8](repeating: 0x44, count: 602)) + Raw.chunk("LIST", info)
    let body = Array("WAVE".utf8) + Raw.chunk("fmt ", format) + chunks + Raw.chunk("data", samples)
    return try folder.write(Array("RIFF".utf8) + Raw.little(body.count) + body, "in.wav")
  }

  private static func redact(_ input: String, to output: String, tags: Tags, mp3: MP3Settings) throws -> Inspection {
    var request = RedactionRequest(input: input, ranges: [range], outputs: [output])
    (request.tags, request.mp3) = (tags, mp3)
    _ = try RedactionJob.run(request)
    return try InspectJob.run(output)
  }

  @Test("an MP3 gives nothing away; tags that were given for it are listed", arguments: settings)
  func mp3(settings: MP3Settings) throws {
    let folder = try Folder()
    let input = try Self.recording(in: folder)
    let bare = try Self.redact(input, to: folder.file("a.mp3"), tags: Tags(), mp3: settings)
    #expect(bare.findings.isEmpty && bare.tags.isEmpty && bare.chapters.isEmpty && bare.pictures.isEmpty)
    #expect(bare.encoding?.encoder == "LAME3.100")
    let tagged = try Self.redact(input, to: folder.file("b.mp3"), tags: Self.tags(), mp3: settings)
    #expect(tagged.findings.isEmpty, "\(tagged.findings)")
    #expect(tagged.tags.map(\.kind) == [.album, .artist, .comment, .date, .title])
    #expect(tagged.chapters.map(\.title) == ["Début"] && tagged.chapters.first?.end?.seconds == 2)
    #expect(tagged.chapters.first?.url == "https://example.org/")
    #expect(tagged.pictures.first?.facts.format == "PNG" && tagged.pictures.first?.facts.width == 1)
  }

  @Test("nor does any other format", arguments: ["wav", "flac", "ogg", "opus"])
  func others(ending: String) throws {
    let folder = try Folder()
    let input = try Self.recording(in: folder)
    let bare = try Self.redact(input, to: folder.file("a." + ending), tags: Tags(), mp3: MP3Settings())
    #expect(bare.findings.isEmpty, "\(bare.findings)")
    #expect(bare.tags.allSatisfy { $0.kind == .software })
    let given = Tags(title: "Émission 42", artist: "Section syndicale")
    let tagged = try Self.redact(input, to: folder.file("b." + ending), tags: given, mp3: MP3Settings())
    #expect(tagged.findings.isEmpty, "\(tagged.findings)")
    #expect(ending == "wav" || tagged.tags.contains { $0.kind == .title && $0.text.revealed == "Émission 42" })
  }

  @Test(
    "nor does an MP3 of lame that was covered in place, whose filling is no leak", .enabled(if: Tools.here("lame")),
    arguments: ["-b 64 -m m", "-b 128", "-b 128 -p", "-b 320 --nores", "--abr 100", "-V 2", "-V 9"])
  func inPlace(options: String) throws {
    let folder = try Folder()
    try folder.run(
      "lame", ["--quiet"] + options.split(separator: " ").map(String.init), try Self.recording(in: folder), "in.mp3")
    let before = try InspectJob.run(folder.file("in.mp3")).findings.map(\.kind)
    #expect(Set(before).isSubset(of: [.measure]), "\(before)")
    let after = try Self.redact(
      folder.file("in.mp3"), to: folder.file("out.mp3"), tags: Self.tags(), mp3: MP3Settings())
    #expect(after.findings.isEmpty, "\(after.findings)")
  }

  @Test("bit rates and encoders are told as they are", .enabled(if: Tools.here("lame")))
  func bitRates() throws {
    let folder = try Folder()
    let input = try Self.recording(in: folder)
    for (options, rate) in [("-b 96", "CBR"), ("--abr 96", "ABR"), ("-V 5", "VBR")] {
      try folder.run("lame", ["--quiet"] + options.split(separator: " ").map(String.init), input, "a.mp3")
      let encoding = try #require(try InspectJob.run(folder.file("a.mp3")).encoding)
      #expect(encoding.rate.rawValue == rate && encoding.encoder == "LAME3.100")
      if rate == "CBR" { #expect(encoding.kilobits == 96) }
    }
  }

  @Test("loudness and peaks are those that ffmpeg measures", .enabled(if: Tools.here("ffmpeg")))
  func loudness() throws {
    let folder = try Folder()
    try folder.run(
      "ffmpeg",
      ["-v", "error", "-f", "lavfi", "-i", "sine=f=997:r=48000:d=8,volume=-12dB,aformat=channel_layouts=stereo"],
      "sine.wav")
    let found = try InspectJob.run(folder.file("sine.wav")).loudness
    let ended = try Tool.run(
      "/usr/bin/env", ["ffmpeg", "-nostats", "-i", "sine.wav", "-af", "ebur128=peak=true+sample", "-f", "null", "-"],
      in: folder.path)
    let summary = ended.errorText.components(separatedBy: "Summary:").last ?? ""
    let value = { (name: String) -> Double? in
      summary.split(separator: "\n").first { $0.contains(name) }.flatMap {
        $0.split(whereSeparator: { " \t".contains($0) }).dropFirst().lazy.compactMap { Double($0) }.first
      }
    }
    #expect(abs((found.integrated ?? 0) - (try #require(value("I:")))) < 0.1)
    #expect(abs((found.truePeak ?? 0) - (try #require(value("Peak:")))) < 0.2)
    #expect(found.range < 0.1)
  }

  @Test(
    "what ffmpeg writes names ffmpeg, and nothing else", .enabled(if: Tools.here("ffmpeg")),
    arguments: ["mp3", "m4a", "caf", "wav", "flac", "ogg", "opus", "mka"])
  func ffmpeg(ending: String) throws {
    let folder = try Folder()
    try folder.run(
      "ffmpeg", ["-v", "error", "-i", try Self.recording(in: folder), "-map_metadata", "-1", "-metadata", "title=T"],
      "out." + ending)
    let found = try InspectJob.run(folder.file("out." + ending))
    #expect(Set(found.findings.map(\.kind)) == [.software], "\(found.findings)")
    #expect(found.tags.contains { $0.kind == .title && $0.text.revealed == "T" })
  }
}
