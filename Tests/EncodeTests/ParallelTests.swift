import Encode
import Foundation
import MPEG
import PCM
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("lame", "ffmpeg", "mpg123", "sox", "mp3val"), "needs lame, decoders and mp3val"))
struct ParallelTests {
  struct Case: CustomTestStringConvertible {
    let rate: MP3Settings.Rate
    let hertz, channels: Int
    var testDescription: String { "\(rate), \(hertz) Hz, \(channels)" }
  }

  static let cases = TestRun.isOptimised ? all : stride(from: 0, to: all.count, by: 3).map { all[$0] }

  private static let all: [Case] = [
    Case(rate: .constant(32), hertz: 48_000, channels: 1), Case(rate: .constant(64), hertz: 44_100, channels: 1),
    Case(rate: .constant(128), hertz: 44_100, channels: 2), Case(rate: .constant(128), hertz: 48_000, channels: 2),
    Case(rate: .constant(320), hertz: 44_100, channels: 2), Case(rate: .constant(64), hertz: 32_000, channels: 2),
    Case(rate: .average(96), hertz: 48_000, channels: 2), Case(rate: .variable(0), hertz: 44_100, channels: 2),
    Case(rate: .variable(4), hertz: 48_000, channels: 1), Case(rate: .variable(9), hertz: 32_000, channels: 2),
    Case(rate: .constant(64), hertz: 24_000, channels: 2), Case(rate: .constant(32), hertz: 22_050, channels: 1),
    Case(rate: .variable(4), hertz: 16_000, channels: 1), Case(rate: .constant(24), hertz: 12_000, channels: 1),
    Case(rate: .average(24), hertz: 11_025, channels: 1), Case(rate: .constant(16), hertz: 8_000, channels: 1),
  ]

  @Test("the same bytes on 1, 2, 3 and 7 cores", arguments: cases)
  func threads(sort: Case) throws {
    let folder = try Folder()
    let sound = try Self.threeParts(sort)
    try sound.encode(sort.rate, threads: 1, to: folder.file("a.mp3"))
    let one = try folder.read("a.mp3")
    for threads in [2, 3, 7] {
      try sound.encode(sort.rate, threads: threads, to: folder.file("b.mp3"))
      let other = try folder.read("b.mp3")
      #expect(one == other, "\(threads)")
    }
  }

  @Test("every decoder hears the whole sound, and as well as from one encoder", arguments: cases)
  func decoded(sort: Case) throws {
    let folder = try Folder()
    let sound = try Self.threeParts(sort)
    try sound.encode(sort.rate, to: folder.file("a.mp3"))
    try Stream.check("a.mp3", of: sound, sort.rate, in: folder)
    let one = try sound.encodedAtOnce(sort.rate, "one.mp3", in: folder)
    let ratio = Ratio.signalToNoise(sound.samples[...], one[...])
    for samples in [
      try Recording.all(of: folder.file("a.mp3")), try Decoder.ffmpeg.samples("a.mp3", in: folder),
      try Decoder.mpg123.samples("a.mp3", in: folder),
    ] {
      #expect(samples.count == sound.samples.count)
      #expect(abs(Ratio.signalToNoise(sound.samples[...], samples[...]) - ratio) < 0.1)
    }
    // sox knows no tag: it hears that frame too, and the delays of encoder and decoder, and stops as much too early.
    let sox = try Decoder.sox.samples("a.mp3", in: folder)
    let lead = (1_105 + sound.soundFrames) * sort.channels
    #expect(sox.count >= sound.samples.count)
    #expect(abs(Ratio.signalToNoise(sound.samples[...], sox[lead...]) - ratio) < 0.1)
  }

  @Test("of whatever length, all of it is there")
  func lengths() throws {
    let part = PartSize.usual(soundFrames: 1_152).length * 1_152
    let lengths: [Int] = [1, 2, 575, 576, 577, 1_151, 1_152, 1_153]
    let borders: [Int] = TestRun.isOptimised ? [part - 576, part, part + 224, 2 * part] : [part]
    let folder = try Folder()
    for frames in lengths + borders.flatMap({ [$0 - 1, $0, $0 + 1] }) {
      let sound = try Recording.voice(frames: frames, hertz: 48_000, channels: 1, seed: UInt64(frames))
      for rate in [MP3Settings.Rate.constant(64), .variable(6)] {
        try sound.encode(rate, to: folder.file("a.mp3"))
        try Stream.check("a.mp3", of: sound, rate, in: folder)
        for decoder in [Decoder.ffmpeg, .mpg123] {
          let count = try decoder.samples("a.mp3", in: folder).count
          #expect(count == frames, "\(decoder) \(rate)")
        }
        let ours = try Recording.all(of: folder.file("a.mp3")).count
        #expect(ours == frames)
      }
    }
  }

  @Test("noise at full scale and digital silence")
  func extremes() throws {
    let folder = try Folder()
    for hertz in TestRun.isOptimised ? [44_100, 16_000] : [16_000] {
      let frames = 2 * PartSize.usual(soundFrames: 1_152).length * (hertz >= 32_000 ? 1_152 : 576) + 4_000
      for rate in [MP3Settings.Rate.constant(hertz > 16_000 ? 128 : 32), .variable(0), .average(64)] {
        for sound in [
          Recording.noise(frames: frames, hertz: hertz, channels: 2),
          Recording.silence(frames: frames, hertz: hertz, channels: 2),
        ] {
          try sound.encode(rate, to: folder.file("a.mp3"))
          try Stream.check("a.mp3", of: sound, rate, in: folder)
          let heard = try Decoder.ffmpeg.samples("a.mp3", in: folder)
          #expect(heard.count == sound.samples.count)
          #expect(sound.samples.contains { $0 != 0 } || heard.allSatisfy { abs($0) < 1e-4 })
        }
      }
    }
  }

  @Test("sound that is loud and quiet by turns is, over many seams, what one encoder makes of it")
  func turns() throws {
    let folder = try Folder()
    let cases: [(MP3Settings.Rate, Int)] = [
      (.constant(64), 44_100), (.constant(128), 48_000), (.constant(32), 22_050), (.average(64), 44_100),
      (.variable(4), 48_000),
    ]
    for (rate, hertz) in TestRun.isOptimised ? cases : Array(cases[1...2]) {
      let voice = try Recording.voice(frames: 40 * hertz, hertz: hertz, channels: 1, seed: 3)
      let step = 97 * voice.soundFrames
      let sound = Recording(
        voice.samples.enumerated().map { $0 % step < step / 2 ? $1 : $1 / 50 }, hertz: hertz, channels: 1)
      // Parts so short that some end before two encoders agree.
      let short = PartSize(length: PartSize.period, leadIn: PartSize.period)
      var files: [[UInt8]] = []
      for threads in [1, 3] {
        let takenOver = try sound.encode(rate, threads: threads, size: short, to: folder.file("a.mp3"))
        #expect(takenOver > 0, "\(rate)")
        files.append(try folder.read("a.mp3"))
      }
      #expect(files[0] == files[1])
      try Stream.check("a.mp3", of: sound, rate, in: folder)
      try sound.encode(rate, size: .whole, to: folder.file("one.mp3"))
      let heard = try Decoder.ffmpeg.samples("a.mp3", in: folder)
      let one = try Decoder.ffmpeg.samples("one.mp3", in: folder)
      #expect(heard.count == sound.samples.count)
      let loss =
        Ratio.signalToNoise(sound.samples[...], one[...]) - Ratio.signalToNoise(sound.samples[...], heard[...])
      // Fewer MP3 frames a second remember loud sound for longer: see `Agreement`.
      #expect(hertz > 32_000 ? heard == one : abs(loss) < 0.02, "\(rate): \(loss)")
    }
  }

  private static func threeParts(_ sort: Case) throws -> Recording {
    let frames = 2 * PartSize.usual(soundFrames: 1_152).length * (sort.hertz >= 32_000 ? 1_152 : 576) + 7_777
    return try Recording.voice(frames: frames, hertz: sort.hertz, channels: sort.channels)
  }
}

/// What must be true of every stream of MP3 frames that this program wrote.
enum Stream {
  static func check(_ name: String, of sound: Recording, _ rate: MP3Settings.Rate, in folder: Folder) throws {
    let said = String(decoding: try folder.run("mp3val", name), as: UTF8.self)
    // It says so of every file without ID3, and of every short one.
    let usual = ["No supported tags", "Too few MPEG frames"]
    let faults = said.split(separator: "\n").filter { line in
      line.contains("WARNING") && !usual.contains { line.contains($0) }
    }
    #expect(faults.isEmpty, "\(faults)")

    let bytes = try folder.read(name)
    var (frames, starts, offset) = ([Frame](), [Int](), 0)
    while let frame = Frame(bytes[offset...]) {
      frames.append(frame)
      starts.append(offset)
      offset += frame.header.frameLength
    }
    #expect(offset == bytes.count)
    let first = try #require(frames.first)
    checkTag(try #require(InfoTag(bytes[..<first.header.frameLength], header: first.header)), bytes, starts, sound)
    var reader = MainDataReader()
    for frame in frames.dropFirst() {
      let isThere = reader.mainData(of: frame) != nil
      #expect(isThere)
      if case .constant(let kilobits) = rate, frame.header.bitrate != kilobits {
        Issue.record("\(frame.header.bitrate)")
      }
    }
  }

  private static func checkTag(_ tag: InfoTag, _ bytes: [UInt8], _ starts: [Int], _ sound: Recording) {
    #expect(Int(tag.frames ?? 0) == starts.count - 1)
    #expect(Int(tag.byteCount ?? 0) == bytes.count)
    let lame = tag.lame
    #expect(lame?.isIntact == true)
    #expect(Int(lame?.musicLength ?? 0) == bytes.count)
    #expect(
      lame?.musicCRC == bytes.dropFirst(starts.count > 1 ? starts[1] : 0).withUnsafeBytes { CRC16.lameBytewise($0) })
    let heard = (starts.count - 1) * sound.soundFrames - (lame?.delay ?? 0) - (lame?.padding ?? 0)
    #expect(heard == sound.frames)
    for (percent, place) in (tag.contents ?? []).enumerated() {
      let frame = starts[min(starts.count - 1, 1 + percent * (starts.count - 1) / 100)]
      #expect(abs(Double(place) - Double(frame) * 256 / Double(bytes.count)) <= 2 + 512 / Double(starts.count))
    }
  }
}
