import PCM
import Redact
import ShowModel
import TestSupport
import Testing

@Suite struct CoverTests {
  @Test("two sounds that differ only where they are covered are covered to the same samples", arguments: Fill.allCases)
  func nonInterference(fill: Fill) throws {
    var seeded = Seeded(21)
    for _ in 0..<60 {
      let coverer = Coverer(try Self.plan(fill, using: &seeded))
      let plain = Self.noise(coverer, using: &seeded)
      var other = plain
      for cover in coverer.plan.covers {
        for index in Self.samples(of: cover.frames, coverer) { other[index] = Float.random(in: -1...1, using: &seeded) }
      }
      #expect(Self.covered(plain, coverer) == Self.covered(other, coverer))
    }
  }

  @Test("outside a cover and its 5 ms fade every sample stays as it was, bit for bit")
  func outside() throws {
    var seeded = Seeded(22)
    for _ in 0..<60 {
      let coverer = Coverer(try Self.plan(.bip, using: &seeded))
      let plain = Self.noise(coverer, using: &seeded)
      let result = Self.covered(plain, coverer)
      var touched = Set<Int>()
      for zone in coverer.touched { touched.formUnion(Self.samples(of: zone, coverer)) }
      #expect(plain.indices.allSatisfy { touched.contains($0) || plain[$0] == result[$0] })
    }
  }

  @Test("the pieces a sound is cut into, and their order, change nothing")
  func pieces() throws {
    var seeded = Seeded(23)
    for _ in 0..<60 {
      let coverer = Coverer(try Self.plan(.noise, using: &seeded))
      let channels = coverer.plan.format.channels
      let plain = Self.noise(coverer, using: &seeded)
      var cuts = [0]
      while let last = cuts.last, last < plain.count / channels {
        cuts.append(min(plain.count / channels, last + Int.random(in: 1...700, using: &seeded)))
      }
      var cut = plain
      cut.withUnsafeMutableBufferPointer { samples in
        for (start, end) in zip(cuts, cuts.dropFirst()).shuffled(using: &seeded) {
          let piece = UnsafeMutableBufferPointer(rebasing: samples[(start * channels)..<(end * channels)])
          coverer.cover(piece, from: FramePosition(Int64(start)))
        }
      }
      #expect(cut == Self.covered(plain, coverer))
    }
  }

  @Test("inside a cover every channel is the fill: nothing at its edges, the tone between them")
  func inside() throws {
    let plan = try Self.plan([range(100_000_000, 200_000_000)], hertz: 48_000, channels: 3, frames: 14_400)
    let coverer = Coverer(plan)
    let result = Self.covered([Float](repeating: 1, count: 14_400 * 3), coverer)
    let tone = ToneTable(rate: plan.format.rate, level: Coverer.fillLevel)
    for frame in 4_800..<9_600 {
      let values = Set(result[(frame * 3)..<(frame * 3 + 3)])
      #expect(values.count == 1)
      let value = values.first ?? 9
      let isEdge = frame < 4_800 + 240 || frame >= 9_600 - 240
      #expect(isEdge ? abs(value) < Coverer.fillLevel : value == tone.samples[frame % 576])
    }
    #expect(result[4_799 * 3] < 0.001 && result[9_600 * 3] < 0.001 && result[4_559 * 3] == 1)
  }

  @Test("sound that ends early or late is refused: its times mean other sound")
  func wrongLength() throws {
    for delivered in [14_399, 14_401, 0] {
      let plan = try Self.plan([range(1, 2_000)], hertz: 48_000, channels: 1, frames: 14_400)
      let source = CoverSource(Memory(plan.format, frames: delivered), coverer: Coverer(plan))
      let error = #expect(throws: RedactError.self) {
        var block = SampleBlock(channels: 1, capacity: 1_000)
        repeat { try source.read(into: &block) } while block.frameCount > 0
      }
      #expect(error?.code == .wrongLength)
    }
  }

  // MARK: Cases

  private static func plan(_ fill: Fill, using seeded: inout Seeded) throws -> RedactionPlan {
    let frames = Int64.random(in: 600...3_000, using: &seeded)
    let hertz = [8_000, 11_025, 44_100].randomElement(using: &seeded) ?? 8_000
    let length = MediaTime.scale(frames, by: 1_000_000_000, over: Int64(hertz), roundUp: false)
    let ranges = (0..<Int.random(in: 1...4, using: &seeded)).map { _ in
      let start = Int64.random(in: 0..<(length - 1), using: &seeded)
      return RedactionRange(
        time: MediaTime(
          nanoseconds: start)..<MediaTime(nanoseconds: Int64.random(in: (start + 1)...length, using: &seeded)),
        fill: fill)
    }
    return try plan(ranges, hertz: hertz, channels: Int.random(in: 1...3, using: &seeded), frames: frames)
  }

  private static func plan(_ ranges: [RedactionRange], hertz: Int, channels: Int, frames: Int64) throws -> RedactionPlan
  {
    let rate = try #require(SampleRate(hertz: hertz))
    let format = try #require(SoundFormat(rate: rate, channels: channels))
    return try RedactionPlan(ranges, settings: .exact(), format: format, length: FrameCount(frames))
  }

  private func range(_ start: Int64, _ end: Int64) -> RedactionRange {
    RedactionRange(time: MediaTime(nanoseconds: start)..<MediaTime(nanoseconds: end))
  }

  private static func noise(_ coverer: Coverer, using seeded: inout Seeded) -> [Float] {
    (0..<(Int(coverer.plan.length.value) * coverer.plan.format.channels)).map { _ in
      Float.random(in: -1...1, using: &seeded)
    }
  }

  private static func covered(_ samples: [Float], _ coverer: Coverer) -> [Float] {
    var samples = samples
    samples.withUnsafeMutableBufferPointer { coverer.cover($0, from: .zero) }
    return samples
  }

  private static func samples(of frames: FrameRange, _ coverer: Coverer) -> Range<Int> {
    let channels = coverer.plan.format.channels
    return (Int(frames.start.index) * channels)..<(Int(frames.end.index) * channels)
  }
}

/// As many frames of silence as asked for.
private final class Memory: SoundSource {
  let format: SoundFormat
  var length: FrameCount? { nil }
  private var left: Int

  init(_ format: SoundFormat, frames: Int) {
    self.format = format
    left = frames
  }

  func read(into block: inout SampleBlock) {
    block.setFrameCount(min(left, block.capacity))
    left -= block.frameCount
  }

  func close() {}
}
