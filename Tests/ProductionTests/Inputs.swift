import Encode
import Foundation
import PCM
import Redact
import ShowModel
import TestSupport
import Testing

/// One seeded case: a sound, what of it is covered, and the same sound with other speech under the covers.
struct Case {
  let format: SoundFormat
  let encoding: SampleEncoding
  let isFLAC: Bool
  let ranges: [RedactionRange]
  let settings: CoverSettings
  let plan: RedactionPlan
  let sound, other: [Float]

  init(_ seeded: inout Seeded) throws {
    isFLAC = Int.random(in: 0..<5, using: &seeded) == 0
    let hertz = [8_000, 11_025, 16_000, 22_050, 44_100, 48_000].randomElement(using: &seeded) ?? 8_000
    let rate = try #require(SampleRate(hertz: hertz))
    format = try #require(SoundFormat(rate: rate, channels: Int.random(in: 1...3, using: &seeded)))
    encoding = isFLAC ? .int16 : SampleEncoding.allCases.randomElement(using: &seeded) ?? .int16
    let frames = Int.random(in: 700...2_600, using: &seeded)
    ranges = try Self.ranges(frames, format.rate, &seeded)
    settings = .exact(fill: Fill.allCases.randomElement(using: &seeded) ?? .bip)
    plan = try RedactionPlan(ranges, settings: settings, format: format, length: FrameCount(Int64(frames)))
    let sound = (0..<(frames * format.channels)).map { _ in Float.random(in: -0.99...0.99, using: &seeded) }
    var other = sound
    for cover in plan.covers {
      for index in Int(cover.frames.start.index) * format.channels..<Int(cover.frames.end.index) * format.channels {
        other[index] = Float.random(in: -0.99...0.99, using: &seeded)
      }
    }
    (self.sound, self.other) = (sound, other)
  }

  private static func ranges(_ frames: Int, _ rate: SampleRate, _ seeded: inout Seeded) throws -> [RedactionRange] {
    let end = FrameCount(Int64(frames)).time(at: rate).nanoseconds
    return (0..<Int.random(in: 1...3, using: &seeded)).map { _ in
      let start = Int64.random(in: 0..<(end - 1), using: &seeded)
      let stop = Int64.random(in: (start + 1)...min(end, start + end / 2), using: &seeded)
      return RedactionRange(
        time: MediaTime(nanoseconds: start)..<MediaTime(nanoseconds: max(stop, start + 1)),
        fill: [nil, .bip, .silence, .noise].randomElement(using: &seeded) ?? nil, reason: .name)
    }
  }

  var ending: String { isFLAC ? "flac" : "wav" }

  func write(_ samples: [Float], to path: String) throws {
    let descriptor = open(path, O_CREAT | O_TRUNC | O_RDWR, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let sink = try Encoder.open(
      isFLAC ? .flac(bits: 16) : .wav(encoding), sound: format, frames: plan.length, tags: Tags(), dither: false,
      descriptor: descriptor)
    var block = SampleBlock(channels: format.channels, capacity: samples.count / format.channels)
    for (index, sample) in samples.enumerated() { block.room[index] = sample }
    block.setFrameCount(block.capacity)
    try sink.write(block)
    try sink.finish()
  }
}
