import Encode
import Foundation
import Ingest
import MPEG
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// MP3 files that were cut and joined without decoding them: behind a join, MP3 frames point back at main data of others.
@Suite(.enabled(if: Tools.here("lame", "sox"), "needs lame and sox")) struct JoinedTests {
  static let options = ["--cbr -b 32 -m m", "--cbr -b 64 -m m", "--cbr -b 128 -m j", "--abr 100 -m j", "-V 4 -m m"]

  @Test("where a range ends at, around or behind a join, nothing of its main data is left", arguments: options)
  func ranges(options: String) throws {
    var seeded = Seeded(48)
    let folder = try Folder()
    let pieces = try Pieces(options, in: folder)
    var refused = 0
    for number in 0..<(TestRun.isOptimised ? 40 : 6) {
      let (bytes, join) = pieces.joined(seeded: &seeded)
      try folder.write(bytes, "in.mp3")
      // The last frame of sound before the join, some before it, some behind it.
      let end = join + [-20, -20, -700, 300, 2_500, -2_000][number % 6]
      let request = Self.request(folder, end: end, rate: pieces.rate, output: "\(number).mp3")
      if case .encoded = try RedactionJob.run(request).inPlace {
        refused += 1
      } else {
        let left = try Self.left(of: bytes, in: folder.read("\(number).mp3"))
        #expect(left == 0, "\(options), \(number): \(left) of the words are left")
      }
    }
    #expect(refused > 0, "no join was in the way")
  }

  @Test("where only in place will do, a join in the way is an error")
  func always() throws {
    var seeded = Seeded(49)
    let folder = try Folder()
    let pieces = try Pieces("--cbr -b 64 -m m", in: folder)
    let (bytes, join) = pieces.joined(seeded: &seeded)
    try folder.write(bytes, "in.mp3")
    var request = Self.request(folder, end: join - 20, rate: pieces.rate)
    request.inPlace = .always
    let error = #expect(throws: ProductionError.self) { try RedactionJob.run(request) }
    #expect(error?.code == .notInPlace && !folder.names.contains("out.mp3"))
    #expect(error?.problem == "this file can't be covered in place: \(Uneditable.damaged.problem)")
  }

  private static func request(
    _ folder: Folder, end: Int, rate: Int, output: String = "out.mp3"
  ) -> RedactionRequest {
    let time = { (frame: Int) in MediaTime(nanoseconds: Int64(frame) * 1_000_000_000 / Int64(rate)) }
    let range = RedactionRange(time: time(end - rate / 3)..<time(end))
    var request = RedactionRequest(input: folder.file("in.mp3"), ranges: [range], outputs: [folder.file(output)])
    request.settings = .exact()
    return request
  }

  /// - Returns: how many runs of eight bytes of main data of MP3 frames that were replaced are in the output, and were
  ///   nowhere else in the slots.
  private static func left(of input: [UInt8], in output: [UInt8]) throws -> Int {
    let (before, after) = (MP3Frames(input), MP3Frames(output))
    try #require(before.frames.count == after.frames.count)
    let replaced = before.frames.indices.filter { before.frames[$0].head != after.frames[$0].head }
    let slots = before.slots
    let isGone = replaced.map { before.mainData(of: $0) }.reduce(into: [Bool](repeating: false, count: slots.count)) {
      for index in $1 { $0[index] = true }
    }
    let parts = slots.indices.split { isGone[$0] }.map { Array(slots[$0]) }
    let goners = slots.indices.split { !isGone[$0] }.map { Array(slots[$0]) }
    let gone = Set(goners.flatMap(Self.words)).subtracting(parts.flatMap(Self.words))
    #expect(gone.count > 100)
    return gone.intersection(Self.words(output)).count
  }

  private static func words(_ bytes: [UInt8]) -> [[UInt8]] {
    guard bytes.count >= 8 else { return [] }
    return (0...(bytes.count - 8)).map { Array(bytes[$0..<($0 + 8)]) }.filter { Set($0).count > 3 }
  }
}

/// Two MP3 files without tags, to be cut and joined.
struct Pieces {
  let one, other: MP3Frames
  let rate: Int

  init(_ options: String, in folder: Folder) throws {
    let words = options.split(separator: " ").map(String.init)
    // The first makes little use of the slots before an MP3 frame's own, and so leaves few bytes to those behind.
    let files = try [("1", ["--nores"]), ("3.5", [])].map { start, more in
      try folder.run("sox", "-D", Self.episode, "-b", "16", "-r", "44100", "a.wav", "trim", start, "1.6")
      try folder.run("lame", "--quiet", "-t", "--resample", "44.1", words, more, "a.wav", "a.mp3")
      return MP3Frames(try folder.read("a.mp3"))
    }
    (one, other, rate) = (files[0], files[1], 44_100)
  }

  private static let episode = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Samples/042-reseau/episode.wav").standardizedFileURL.path

  /// Cut where hardly a byte is unused, and joined with what points far back.
  func joined(seeded: inout Seeded) -> (bytes: [UInt8], join: Int) {
    let ends = (25..<50).sorted { one.unused(behind: $0) < one.unused(behind: $1) }.prefix(4)
    let starts = (8..<40).sorted { other.reach($0) > other.reach($1) }.prefix(6)
    let cut = ends.randomElement(using: &seeded) ?? 25
    let start = starts.randomElement(using: &seeded) ?? 8
    let bytes = (one.frames[...cut] + other.frames[start...]).flatMap(\.bytes)
    return (bytes, (cut + 1) * one.frames[0].header.soundFrames)
  }
}
