import Encode
import Foundation
import Ingest
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

@Suite struct RedactionJobTests {
  @Test("two inputs that differ only where they are covered give the same bytes in every output", arguments: 0..<6)
  func nonInterference(shard: Int) throws {
    let folder = try Folder()
    var seeded = Seeded(UInt64(100 + shard))
    for number in 0..<50 {
      let one = try Case(&seeded)
      let endings = ["wav", "flac", "mp3", "ogg", "opus"].shuffled(using: &seeded).prefix(number % 5 == 0 ? 5 : 2)
      var made: [[String: Data]] = []
      for (name, samples) in [("a", one.sound), ("b", one.other)] {
        try one.write(samples, to: folder.file("in.\(one.ending)"))
        made.append(try redact(one, in: folder, as: name, endings: Array(endings)))
      }
      #expect(made[0].count == endings.count + 2)
      #expect(made[0] == made[1], "case \(number) of \(shard)")
    }
  }

  @Test("outside a cover and its fade a WAV keeps every byte; inside, every channel is the fill", arguments: 0..<4)
  func exactness(shard: Int) throws {
    let folder = try Folder()
    var seeded = Seeded(UInt64(200 + shard))
    for number in 0..<40 {
      let one = try Case(&seeded)
      guard !one.isFLAC else { continue }
      try one.write(one.sound, to: folder.file("in.wav"))
      let output = try #require(try redact(one, in: folder, as: "out", endings: ["wav"])["wav"])
      let input = try Data(contentsOf: URL(fileURLWithPath: folder.file("in.wav")))
      let silent = try expected(one, input: input)
      #expect(output == silent, "case \(number) of \(shard), \(one.encoding)")
    }
  }

  @Test("no tag of a source reaches an output")
  func tags() throws {
    let folder = try Folder()
    let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Samples/042-reseau/episode.wav").standardizedFileURL.path
    var request = RedactionRequest(
      input: sample, ranges: [try RangeFile.parseArgument("0:12.92-0:13.96")], outputs: [folder.file("a.wav")])
    request.receipt = folder.file("a.json")
    _ = try RedactionJob.run(request)
    let source = try Data(contentsOf: URL(fileURLWithPath: sample))
    let output = try Data(contentsOf: URL(fileURLWithPath: folder.file("a.wav")))
    #expect(source.range(of: Data("bext".utf8)) != nil && source.range(of: Data("INAM".utf8)) != nil)
    for chunk in ["bext", "LIST", "INAM", "cue ", "labl"] { #expect(output.range(of: Data(chunk.utf8)) == nil) }
    let receipt = try #require(folder.text("a.json"))
    #expect(!receipt.contains("episode") && !receipt.contains(folder.path))
  }

  @Test("where anything fails there is no output, and the input is as it was")
  func failsClosed() throws {
    let folder = try Folder()
    var seeded = Seeded(300)
    let one = try Case(&seeded)
    let input = folder.file("in.\(one.ending)")
    try one.write(one.sound, to: input)
    let before = try Data(contentsOf: URL(fileURLWithPath: input))
    let late = RedactionRange(time: MediaTime(milliseconds: 90_000)..<MediaTime(milliseconds: 91_000))
    for (ranges, outputs) in [
      ([late], ["a.mp3"]), ([], ["a.mp3"]), (one.ranges, ["a.xyz"]), (one.ranges, ["a.mp3", "a.xyz"]),
      (one.ranges, ["a.mp3", "missing/b.mp3"]), (one.ranges, ["a.mp3", "a.mp3"]), (one.ranges, ["in.\(one.ending)"]),
    ] {
      var request = RedactionRequest(input: input, ranges: ranges, outputs: outputs.map(folder.file))
      request.replacesOutputs = true
      #expect { try RedactionJob.run(request) } throws: { ($0 as? any ExplainedError)?.remedy.isEmpty == false }
      #expect(folder.names == ["in.\(one.ending)"])
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: input)) == before)
  }

  @Test("a truncated input is refused, and taken when that is asked for")
  func truncated() throws {
    let folder = try Folder()
    let rate = try #require(SampleRate(hertz: 8_000))
    let format = try #require(SoundFormat(rate: rate, channels: 1))
    let header = WAVHeader(.int16, format: format, frames: FrameCount(16_000))
    try Data(header.bytes + [UInt8](repeating: 3, count: 16_000)).write(to: URL(fileURLWithPath: folder.file("in.wav")))
    var request = RedactionRequest(
      input: folder.file("in.wav"), ranges: [try RangeFile.parseArgument("0.2-0.4")], outputs: [folder.file("a.wav")])
    #expect(throws: IngestError.self) { try RedactionJob.run(request) }
    #expect(folder.names == ["in.wav"])
    request.allowsTruncated = true
    #expect(try RedactionJob.run(request).plan.length == FrameCount(8_000))
  }

  // MARK: Steps

  private func redact(_ one: Case, in folder: Folder, as name: String, endings: [String]) throws -> [String: Data] {
    var request = RedactionRequest(
      input: folder.file("in.\(one.ending)"), ranges: one.ranges, outputs: endings.map { folder.file("\(name).\($0)") })
    request.settings = one.settings
    request.picture = folder.file("\(name).svg")
    request.receipt = folder.file("\(name).json")
    request.replacesOutputs = true
    _ = try RedactionJob.run(request)
    var files: [String: Data] = [:]
    for ending in endings + ["svg"] {
      files[ending] = try Data(contentsOf: URL(fileURLWithPath: folder.file("\(name).\(ending)")))
    }
    let lines = try #require(folder.text("\(name).json")).split(separator: "\n")
    files["json"] = Data(lines.filter { !$0.contains("inputSHA256") }.joined().utf8)
    return files
  }

  /// The file as it must come out, from the input's own bytes: only covers and fades go through floats.
  private func expected(_ one: Case, input: Data) throws -> Data {
    var bytes = [UInt8](input)
    let coverer = Coverer(one.plan)
    let frameBytes = one.encoding.bytesPerSample * one.format.channels
    let start = WAVHeader(one.encoding, format: one.format, frames: one.plan.length).bytes.count
    for zone in coverer.touched {
      let range = (start + Int(zone.start.index) * frameBytes)..<(start + Int(zone.end.index) * frameBytes)
      var samples = [Float](repeating: 0, count: range.count / one.encoding.bytesPerSample)
      samples.withUnsafeMutableBufferPointer { samples in
        bytes.withUnsafeMutableBytes { bytes in
          let part = UnsafeMutableRawBufferPointer(rebasing: bytes[range])
          ScalarKernels.decode(UnsafeRawBufferPointer(part), as: one.encoding, into: samples)
          coverer.cover(samples, from: zone.start)
          ScalarKernels.encode(UnsafeBufferPointer(samples), as: one.encoding, dither: nil, into: part)
        }
      }
    }
    return Data(bytes)
  }
}
