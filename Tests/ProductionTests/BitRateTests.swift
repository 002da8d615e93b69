import Encode
import Foundation
import MPEG
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// Of an MP3 of changing bit rate, how many bits an MP3 frame took tells something of its sound.
@Suite(.enabled(if: Tools.here("lame", "sox"), "needs lame and sox")) struct BitRateTests {
  private static let episode = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Samples/042-reseau/episode.wav").standardizedFileURL.path

  private static func voice(_ options: String, in folder: Folder) throws -> MP3Frames {
    let words = options.split(separator: " ").map(String.init)
    try folder.run("sox", "-D", Self.episode, "-b", "16", "-r", "44100", "a.wav", "remix", "1", "trim", "1", "3")
    try folder.run("lame", "--quiet", "-t", "-m", "m", "--resample", "44.1", words, "a.wav", "a.mp3")
    return MP3Frames(try folder.read("a.mp3"))
  }

  private static func cover(_ bytes: [UInt8], to name: String, in folder: Folder) throws -> [UInt8] {
    try folder.write(bytes, "in.mp3")
    let ranges = [500..<1_300, 1_900..<2_200].map {
      RedactionRange(time: MediaTime(milliseconds: $0.lowerBound)..<MediaTime(milliseconds: $0.upperBound))
    }
    var request = RedactionRequest(input: folder.file("in.mp3"), ranges: ranges, outputs: [folder.file(name)])
    (request.settings, request.inPlace) = (.exact(), .always)
    _ = try RedactionJob.run(request)
    return try folder.read(name)
  }

  @Test(
    "where bit rates change, those of replaced MP3 frames do not tell when", arguments: ["--abr 80", "-V 4", "-V 2"])
  func sorted(options: String) throws {
    let folder = try Folder()
    let before = try Self.voice(options, in: folder)
    let after = MP3Frames(try Self.cover(before.frames.flatMap(\.bytes), to: "out.mp3", in: folder))
    let rates = { (frames: MP3Frames, range: Range<Int>) in frames.frames[range].map(\.header.bitrate) }
    // Well within the ranges.
    for run in [20..<49, 74..<84] {
      #expect(rates(before, run) != rates(before, run).sorted(by: >))
      #expect(rates(after, run) == rates(after, run).sorted(by: >))
    }
    let all = 0..<before.frames.count
    #expect(rates(after, all).sorted() == rates(before, all).sorted())
  }

  @Test("two MP3s whose replaced MP3 frames have the same bit rates at other times give the same bytes")
  func shuffled() throws {
    let folder = try Folder()
    let voice = try Self.voice("-V 5 --nores", in: folder)
    let other = voice.frames[..<25] + voice.frames[25..<45].reversed() + voice.frames[45...]
    let one = try Self.cover(voice.frames.flatMap(\.bytes), to: "one.mp3", in: folder)
    #expect(try Self.cover(other.flatMap(\.bytes), to: "other.mp3", in: folder) == one)
  }

  @Test("flags in the headers of replaced MP3 frames are those of the first one")
  func flags() throws {
    let folder = try Folder()
    let voice = try Self.voice("--cbr -b 64", in: folder)
    let one = try Self.cover(voice.frames.flatMap(\.bytes), to: "one.mp3", in: folder)
    var (bytes, offset) = ([UInt8](), 0)
    for (index, frame) in voice.frames.enumerated() {
      bytes += frame.bytes
      // Private, copyright, original.
      if (25..<40).contains(index) { bytes[offset + (index % 2 == 0 ? 2 : 3)] ^= index % 2 == 0 ? 1 : 0x0c }
      offset = bytes.count
    }
    #expect(try Self.cover(bytes, to: "other.mp3", in: folder) == one)
  }
}
