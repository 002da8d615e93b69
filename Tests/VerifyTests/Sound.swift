import Encode
import Foundation
import Ingest
import Master
import PCM
import TestSupport
import Testing

/// Sound in memory: what an editor recorded, or what somebody made of it.
struct Sound {
  var samples: [Float]
  let format: SoundFormat

  var frames: Int { samples.count / format.channels }
  var hertz: Int { format.rate.hertz }

  init(_ samples: [Float], hertz: Int, channels: Int = 1) throws {
    let rate = try #require(SampleRate(hertz: hertz))
    (self.samples, format) = (samples, try #require(SoundFormat(rate: rate, channels: channels)))
  }

  init(reading path: String) throws {
    let sound = try SoundFile.open(path)
    defer { sound.close() }
    samples = try sound.source.allSamples()
    format = sound.description.format
  }

  /// The sample episode.
  static let episode: String = folder + "episode.wav"
  static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Samples/042-reseau/").standardizedFileURL.path + "/"
  static let spoken = Result { try Sound(reading: episode) }

  func piece(from start: Int, count: Int) throws -> Sound {
    let channels = format.channels
    return try Sound(
      Array(samples[(start * channels)..<((start + count) * channels)]), hertz: hertz, channels: channels)
  }

  func resampled(to hertz: Int) throws -> Sound {
    guard hertz != self.hertz else { return self }
    let rate = try #require(SampleRate(hertz: hertz))
    let resampler = try Resampler(Memory(self), frames: FrameCount(Int64(frames)), to: rate)
    defer { resampler.close() }
    return try Sound(resampler.allSamples(), hertz: hertz, channels: format.channels)
  }

  /// The voice a little to one side, as a studio would record it.
  func stereo() throws -> Sound {
    let delay = hertz / 2_000
    let both = samples.indices.flatMap { [samples[$0], 0.6 * samples[max(0, $0 - delay)]] }
    return try Sound(both, hertz: hertz, channels: 2)
  }

  /// At the rate that `output` takes.
  func write(_ output: OutputFormat, to path: String) throws {
    try resampled(to: output.rate(for: format.rate).hertz).writeAsItIs(output, to: path)
  }

  private func writeAsItIs(_ output: OutputFormat, to path: String) throws {
    let descriptor = open(path, O_CREAT | O_TRUNC | O_RDWR, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let sink = try Encoder.open(
      output, sound: format, frames: FrameCount(Int64(frames)), tags: Tags(), dither: false, descriptor: descriptor)
    var block = SampleBlock(channels: format.channels)
    let source = Memory(self)
    repeat {
      source.read(into: &block)
      if block.frameCount > 0 { try sink.write(block) }
    } while block.frameCount > 0
    try sink.finish()
  }
}

private final class Memory: SoundSource {
  let format: SoundFormat
  var length: FrameCount? { FrameCount(Int64(samples.count / format.channels)) }
  private let samples: [Float]
  private var position = 0

  init(_ sound: Sound) { (format, samples) = (sound.format, sound.samples) }

  func read(into block: inout SampleBlock) {
    let count = min(block.capacity * format.channels, samples.count - position)
    samples.withUnsafeBufferPointer { samples in
      guard count > 0, let from = samples.baseAddress else { return }
      block.room.baseAddress?.update(from: from + position, count: count)
    }
    block.setFrameCount(count / format.channels)
    position += count
  }

  func close() {}
}

extension Sound {
  /// Something like speech: a voice whose pitch and formants wander, breath, pauses.
  static func speechlike(seconds: Double, hertz: Int, using seeded: inout Seeded) throws -> Sound {
    var samples = [Float](repeating: 0, count: Int(seconds * Double(hertz)))
    let syllable = hertz / 8
    for start in stride(from: 0, to: samples.count, by: syllable) {
      let frames = start..<min(samples.count, start + syllable)
      let isPause = Int.random(in: 0..<7, using: &seeded) == 0
      speak(&samples, frames, hertz: hertz, level: isPause ? 0 : .random(in: 0.08...0.35, using: &seeded), &seeded)
    }
    return try Sound(samples, hertz: hertz)
  }

  private static func speak(
    _ samples: inout [Float], _ frames: Range<Int>, hertz: Int, level: Float, _ seeded: inout Seeded
  ) {
    let (from, to) = (Double.random(in: 85...230, using: &seeded), Double.random(in: 85...230, using: &seeded))
    let formants = [Double.random(in: 250...900, using: &seeded), Double.random(in: 900...2_500, using: &seeded)]
    let middle = (from + to) / 2
    let weights = (1...14).map { harmonic in
      formants.reduce(0.04) { $0 + exp(-pow((Double(harmonic) * middle - $1) / 220, 2)) }
    }
    var phase = Double.random(in: 0...6, using: &seeded)
    for (index, frame) in frames.enumerated() {
      let along = Double(index) / Double(frames.count)
      phase += 2 * Double.pi * (from + (to - from) * along) / Double(hertz)
      var value = 0.0
      for (index, weight) in weights.enumerated() where Double(index + 1) * middle < Double(hertz) / 2.2 {
        value += weight * sin(Double(index + 1) * phase)
      }
      let edge = Float(min(1, 12 * along, 12 * (1 - along)))
      samples[frame] = level * edge * Float(value) / 4 + Float.random(in: -0.004...0.004, using: &seeded)
    }
  }
}
