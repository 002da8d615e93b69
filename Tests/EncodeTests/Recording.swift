import Encode
import Foundation
import Ingest
import PCM
import TestSupport
import Testing

/// Sound in memory, of 16 bits, so that every encoder hears the same.
struct Recording {
  let samples: [Float]
  let hertz, channels: Int

  var frames: Int { samples.count / channels }
  /// In an MP3 frame of this rate.
  var soundFrames: Int { hertz >= 32_000 ? 1_152 : 576 }

  init(_ samples: [Float], hertz: Int, channels: Int) {
    self.samples = Self.rounded(samples)
    (self.hertz, self.channels) = (hertz, channels)
  }

  private static func rounded(_ samples: [Float]) -> [Float] {
    [Float](unsafeUninitializedCapacity: samples.count) { rounded, filled in
      samples.withUnsafeBufferPointer { samples in
        while filled < samples.count {
          rounded[filled] = (samples[filled] * 32_767).rounded() / 32_768
          filled += 1
        }
      }
    }
  }

  /// Full-scale noise.
  static func noise(frames: Int, hertz: Int, channels: Int, seed: UInt64 = 1) -> Recording {
    var seeded = Seeded(seed)
    return Recording(
      (0..<(frames * channels)).map { _ in Float(Int16(truncatingIfNeeded: seeded.next())) / 32_768 }, hertz: hertz,
      channels: channels)
  }

  static func silence(frames: Int, hertz: Int, channels: Int) -> Recording {
    Recording([Float](repeating: 0, count: frames * channels), hertz: hertz, channels: channels)
  }

  /// The sample episode from some place on, over and over, taken for sound of `hertz`; bursts of noise in it.
  static func voice(frames: Int, hertz: Int, channels: Int, seed: UInt64 = 1) throws -> Recording {
    let voice = try episode.get()
    var seeded = Seeded(seed)
    let start = Int.random(in: 0..<voice.count, using: &seeded)
    var samples = [Float](repeating: 0, count: frames * channels)
    var frame = 0
    while frame < frames {
      let end = min(frames, frame + Int.random(in: (hertz / 20)..<(3 * hertz), using: &seeded))
      let level = Int.random(in: 0..<4, using: &seeded) == 0 ? Float.random(in: 0.001...0.2, using: &seeded) : 0
      speak(voice, from: start, burst: level, frame..<end, channels, &seeded, into: &samples)
      frame = end
    }
    return Recording(samples, hertz: hertz, channels: channels)
  }

  private static func speak(
    _ voice: [Float], from start: Int, burst level: Float, _ frames: Range<Int>, _ channels: Int,
    _ seeded: inout Seeded, into samples: UnsafeMutablePointer<Float>
  ) {
    voice.withUnsafeBufferPointer { voice in
      var frame = frames.lowerBound
      while frame < frames.upperBound {
        let noise = level * (Float(seeded.next() &>> 40) / 0x1p23 - 1)
        var channel = 0
        while channel < channels {
          samples[frame * channels + channel] = 0.75 * voice[(start + frame + channel * 20) % voice.count] + noise
          channel += 1
        }
        frame += 1
      }
    }
  }

  private static let episode = Result {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Samples/042-reseau/episode.wav").standardizedFileURL.path
    return try all(of: path)
  }

  /// As this program reads it.
  static func all(of path: String) throws -> [Float] {
    let sound = try SoundFile.open(path)
    defer { sound.close() }
    return try sound.source.allSamples()
  }

  /// - Returns: how many parts the encoder of the part before had to encode.
  @discardableResult
  func encode(
    _ rate: MP3Settings.Rate, threads: Int = 2, size: PartSize? = nil, cache: PartCache? = nil, to path: String
  ) throws -> Int {
    let format = try #require(SampleRate(hertz: hertz).flatMap { SoundFormat(rate: $0, channels: channels) })
    let descriptor = open(path, O_CREAT | O_TRUNC | O_RDWR, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let sink = try MP3Sink(
      MP3Settings(rate: rate), format: format, tags: Tags(), threads: threads, size: size, cache: cache,
      descriptor: descriptor)
    var block = SampleBlock(channels: channels)
    try samples.withUnsafeBufferPointer { samples in
      for start in stride(from: 0, to: samples.count, by: block.room.count) {
        let piece = UnsafeBufferPointer(rebasing: samples[start..<min(samples.count, start + block.room.count)])
        _ = block.room.update(fromContentsOf: piece)
        block.setFrameCount(piece.count / channels)
        try sink.write(block)
      }
    }
    try sink.finish()
    return sink.partsTakenOver
  }

  /// - Returns: what is heard of it when libmp3lame has made `name` in one run.
  func encodedAtOnce(_ rate: MP3Settings.Rate, _ name: String, in folder: Folder) throws -> [Float] {
    let values = [Int16](unsafeUninitializedCapacity: samples.count) { values, filled in
      samples.withUnsafeBufferPointer { samples in
        while filled < samples.count {
          values[filled] = Int16(samples[filled] * 32_768)
          filled += 1
        }
      }
    }
    try folder.write(values.withUnsafeBytes { Array($0) }, "one.raw")
    // lame takes raw sound for something else now and then.
    try folder.run(
      "sox", "-t", "raw", "-r", "\(hertz)", "-c", "\(channels)", ["-e", "signed", "-b", "16"], "one.raw", "one.wav")
    let options =
      switch rate {
      case .constant(let kilobits): ["--cbr", "-b", "\(kilobits)"]
      case .average(let kilobits): ["--abr", "\(kilobits)"]
      case .variable(let quality): ["-V", "\(quality)"]
      }
    try folder.run(
      "lame", "--quiet", "--resample", "\(Double(hertz) / 1_000)", ["-m", channels == 1 ? "m" : "j"],
      ["-q", "4", "--noreplaygain"], options, "one.wav", name)
    let heard = try Recording.all(of: folder.file(name))
    // Where lame has no room for a tag, the delays of encoder and decoder are heard.
    return heard.count == samples.count ? heard : Array(heard.dropFirst(1_105 * channels))
  }
}

extension PartSize {
  /// All of a recording at once.
  static let whole = PartSize(length: 4 * usual(soundFrames: 1_152).length, leadIn: period)
}

/// What decoders of other people hear.
enum Decoder: CaseIterable {
  case ffmpeg, mpg123, sox

  func samples(_ name: String, in folder: Folder) throws -> [Float] {
    let bytes =
      switch self {
      case .ffmpeg: try folder.run("ffmpeg", "-v", "error", "-i", name, ["-f", "f32le", "-c:a", "pcm_f32le", "-"])
      case .mpg123: try folder.run("mpg123", "-q", "-e", "f32", "-s", name)
      case .sox: try folder.run("sox", "-V1", name, "-t", "raw", "-e", "float", "-b", "32", "-")
      }
    return bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  }
}

/// In decibels.
enum Ratio {
  /// Of a sound to what another adds to it; both as long as the shorter.
  static func signalToNoise(_ sound: ArraySlice<Float>, _ other: ArraySlice<Float>) -> Double {
    var (signal, noise) = (1e-9, 1e-9)
    sound.withUnsafeBufferPointer { sound in
      other.withUnsafeBufferPointer { other in
        for index in 0..<min(sound.count, other.count) {
          let (value, difference) = (Double(sound[index]), Double(other[index] - sound[index]))
          signal += value * value
          noise += difference * difference
        }
      }
    }
    return 10 * log10(signal / noise)
  }
}
