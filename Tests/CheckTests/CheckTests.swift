import Foundation
import PCM
import Redact
import ShowModel
import TestSupport
import Testing

/// Sounds are covered here by a few lines of the test's own: the check knows nothing of how this program covers.
@Suite struct CheckTests {
  static let marked = 12_000..<17_600

  @Test("a sound that is properly covered passes, with every fill, also delayed", arguments: 0..<3)
  func clean(seed: Int) throws {
    var seeded = Seeded(UInt64(seed))
    let original = Speech.make(frames: 40_000, using: &seeded)
    for fill in [Float(0), 0.1] {
      var redacted = original
      Self.cover(&redacted, Self.marked, tone: fill)
      let report = try check(original, Self.delayed(redacted, seed * 131))
      #expect(report.isCovered)
      #expect(report.delay == FrameCount(Int64(seed * 131)))
    }
  }

  @Test("a range covered 20 ms late names the 20 ms that survive", arguments: 0..<3)
  func late(seed: Int) throws {
    var seeded = Seeded(UInt64(40 + seed))
    let original = Speech.make(frames: 40_000, using: &seeded)
    var redacted = original
    Self.cover(&redacted, 12_320..<17_600, tone: 0.1)
    let surviving = try #require(check(original, redacted).stretches[0].surviving.first)
    #expect(surviving.lowerBound < MediaTime(milliseconds: 760))
    let milliseconds = (surviving.upperBound - surviving.lowerBound).seconds * 1_000
    #expect((10...30).contains(milliseconds))
  }

  @Test(
    "a bip mixed over speech, and speech at a tenth under a bip, are found",
    arguments: [(Float(1), Float(0.1)), (0.1, 0.3)])
  func underTone(speech: Float, tone: Float) throws {
    var seeded = Seeded(50)
    let original = Speech.make(frames: 40_000, using: &seeded)
    var redacted = original
    for frame in Self.marked {
      redacted[frame] = redacted[frame] * speech + tone * Float(sin(2 * Double.pi * 1_000 * Double(frame) / 16_000))
    }
    #expect(try !check(original, redacted).isCovered)
  }

  @Test("a range that was forgotten, turned upside down or made softer is found", arguments: [Float(1), -1, 0.05])
  func gains(gain: Float) throws {
    var seeded = Seeded(60)
    let original = Speech.make(frames: 40_000, using: &seeded)
    var redacted = original
    for frame in Self.marked { redacted[frame] *= gain }
    let report = try check(original, redacted)
    #expect(!report.isCovered)
    #expect(abs((report.stretches[0].leaks.map(\.decibels).max() ?? 0) - 20 * Double(log10(abs(gain)))) < 2)
  }

  @Test("a channel left open is found, whichever of the original it holds")
  func openChannel() throws {
    var seeded = Seeded(70)
    let original = Speech.make(frames: 40_000, using: &seeded)
    var covered = original
    Self.cover(&covered, Self.marked, tone: 0.1)
    let stereo = zip(covered, original).flatMap { [$0, $1] }
    let leaks = try check(original, stereo, channels: 2).stretches[0].leaks
    #expect(!leaks.isEmpty && leaks.allSatisfy { $0.redactedChannel == 2 })
  }

  @Test("of many ranges of a few milliseconds, those are found that nobody covered, and no others", arguments: 0..<3)
  func short(seed: Int) throws {
    var seeded = Seeded(UInt64(90 + seed))
    let original = Speech.make(frames: 320_000, using: &seeded)
    // What an encoder adds everywhere.
    var redacted = original.map { $0 + Float.random(in: -0.0003...0.0003, using: &seeded) }
    let marked = (0..<200).map { index in
      let start = 800 + 1_592 * index
      return start..<(start + Int.random(in: 16...288, using: &seeded))
    }
    for (index, frames) in marked.enumerated() where index % 10 > 0 {
      for frame in frames {
        let noise = Float.random(in: -0.1...0.1, using: &seeded)
        redacted[frame] = index % 2 == 0 ? noise : 0.1 * Float(sin(2 * Double.pi * Double(frame) / 16))
      }
    }
    let found = try parts(of: marked, original, redacted).stretches.map { !$0.leaks.isEmpty }
    for (index, frames) in marked.enumerated() where frames.count >= 80 || index % 10 > 0 {
      #expect(found[index] == (index % 10 == 0), "range \(index), \(frames.count) frames")
    }
  }

  @Test("a bip that the original has already is no leak; what is left beside it or under it is")
  func oldBip() throws {
    var seeded = Seeded(95)
    let speech = Speech.make(frames: 40_000, using: &seeded)
    var original = speech
    Self.cover(&original, Self.marked, tone: 0.1)
    #expect(try check(original, original).isCovered)
    original = speech
    Self.cover(&original, 12_320..<17_600, tone: 0.1)
    let surviving = try #require(check(original, original).stretches[0].surviving.first)
    #expect(surviving.upperBound < MediaTime(milliseconds: 801))
    for frame in Self.marked { original[frame] += 0.1 * speech[frame] }
    #expect(try !check(original, original).isCovered)
  }

  @Test("a sample beyond all measure hides nothing of what is left near it", arguments: [Float(1e4), 1e8, 1e30])
  func beyondMeasure(peak: Float) throws {
    var seeded = Seeded(97)
    let speech = Speech.make(frames: 40_000, using: &seeded)
    var (original, redacted) = (speech, speech)
    Self.cover(&redacted, Self.marked, tone: 0.1)
    for frame in 14_000..<15_600 { redacted[frame] = speech[frame] }
    original[12_100] = peak
    for glitch in [0, peak] {
      redacted[12_100] = glitch
      #expect(try !parts(of: [Self.marked], original, redacted).isCovered, "\(glitch)")
      // All of it at once may say that it can't compare; it must not say that all is well.
      do { #expect(try !self.check(original, redacted).isCovered) } catch let error as RedactError {
        #expect(error.code == .cannotCompare)
      }
    }
  }

  @Test("100 ms at a third of their level are found within a vowel, beside a bip", arguments: 0..<3)
  func withinVowel(seed: Int) throws {
    var seeded = Seeded(UInt64(100 + seed))
    let original = Speech.make(frames: 40_000, using: &seeded)
    for frames in [14_400..<16_000, 14_700..<15_700] {
      var redacted = original
      Self.cover(&redacted, Self.marked, tone: 0.1)
      for frame in frames { redacted[frame] = 0.3 * original[frame] }
      #expect(try !check(original, redacted).isCovered)
    }
  }

  @Test(
    "a constant or a hum in the original hides nothing of what is left, with it or without, and makes no leak",
    arguments: [(Float(0.05), 0.0), (0.5, 0), (4, 0), (0.3, 50), (0.6, 60)])
  func rumble(level: Float, hertz: Double) throws {
    var seeded = Seeded(110)
    let speech = Speech.make(frames: 40_000, using: &seeded)
    let rumble = speech.indices.map { level * Float(cos(2 * Double.pi * hertz * Double($0) / 16_000)) }
    let original = zip(speech, rumble).map { $0 + $1 }
    for left in [Float(0), 1] {
      var covered = original
      Self.cover(&covered, Self.marked, tone: 0.1)
      for frame in Self.marked { covered[frame] += left * rumble[frame] }
      #expect(try check(original, covered).isCovered, "\(left)")
      for gain in [Float(0.3), 1] {
        var redacted = covered
        for frame in 14_000..<15_600 { redacted[frame] += gain * speech[frame] }
        #expect(try !check(original, redacted).isCovered, "\(left) \(gain)")
      }
    }
  }

  @Test("a word that was marked in parts too short to know anything in is found where it was left softer")
  func inParts() throws {
    var seeded = Seeded(120)
    let original = Speech.make(frames: 40_000, using: &seeded)
    let redacted = original.enumerated().map { Self.marked.contains($0.offset) ? 0.3 * $0.element : $0.element }
    let rate = try #require(SampleRate(hertz: 16_000))
    let format = try #require(SoundFormat(rate: rate, channels: 1))
    for size in [8, 160] {
      let parts = stride(from: Self.marked.lowerBound, to: Self.marked.upperBound, by: size).map { $0..<($0 + size) }
      let report = try Self.check(parts, frames: original.count)
        .run(original: { Memory(format, original) }, redacted: { Memory(format, redacted) })
      #expect(report.stretches.count == parts.count)
      #expect(report.stretches.allSatisfy { !$0.leaks.isEmpty }, "\(size)")
    }
  }

  @Test(
    "soft speech under a bip is found, also where the bip fills only half of the range", arguments: [Float(0.03), 0.1])
  func halfTone(gain: Float) throws {
    var seeded = Seeded(120)
    let original = Speech.make(frames: 64_000, using: &seeded)
    let marked = 20_000..<36_000
    for half in [20_000..<28_000, 28_000..<36_000] {
      var redacted = original
      Self.cover(&redacted, marked, tone: 0)
      for frame in half {
        redacted[frame] = gain * original[frame] + 0.5 * Float(sin(2 * Double.pi * 1_000 * Double(frame) / 16_000))
      }
      #expect(try !parts(of: [marked], original, redacted).isCovered, "\(half)")
      for frame in half { redacted[frame] -= gain * original[frame] }
      #expect(try parts(of: [marked], original, redacted).isCovered, "\(half)")
    }
  }

  @Test("a pause with nothing but rumble in it is found where 30 ms of it are left beside silence")
  func roomTone() throws {
    var seeded = Seeded(130)
    var original = Speech.make(frames: 64_000, using: &seeded)
    let marked = 16_000..<47_000
    var level: Float = 0
    for frame in 45_000..<marked.upperBound {
      level += 0.004 * (Float.random(in: -0.02...0.02, using: &seeded) - level)
      original[frame] = level
    }
    var redacted = original
    Self.cover(&redacted, marked, tone: 0)
    for frame in (marked.upperBound - 480)..<marked.upperBound { redacted[frame] = original[frame] }
    #expect(try !parts(of: [marked], original, redacted).isCovered)
  }

  @Test("files that are not the same recording are an error, never a pass")
  func otherRecording() throws {
    var seeded = Seeded(80)
    let one = Speech.make(frames: 40_000, using: &seeded)
    let two = Speech.make(frames: 40_000, using: &seeded)
    for other in [two, [Float](repeating: 0, count: 40_000)] {
      #expect(#expect(throws: RedactError.self) { try check(one, other) }?.code == .cannotCompare)
    }
  }

  private func check(_ original: [Float], _ redacted: [Float], channels: Int = 1) throws -> CheckReport {
    let rate = try #require(SampleRate(hertz: 16_000))
    let mono = try #require(SoundFormat(rate: rate, channels: 1))
    let format = try #require(SoundFormat(rate: rate, channels: channels))
    return try Self.check([Self.marked], frames: original.count)
      .run(original: { Memory(mono, original) }, redacted: { Memory(format, redacted) })
  }

  /// A part at a time, as after covering in place.
  private func parts(of marked: [Range<Int>], _ original: [Float], _ redacted: [Float]) throws -> CheckReport {
    let check = try Self.check(marked, frames: original.count)
    return check.report(
      try check.parts.indices.map { part in
        try check.leaks(
          inPart: part, original: { [Self.samples(original, $0)] }, redacted: { [Self.samples(redacted, $0)] })
      })
  }

  private static func check(_ marked: [Range<Int>], frames: Int) throws -> Check {
    let rate = try #require(SampleRate(hertz: 16_000))
    let ranges = marked.map { marked in
      RedactionRange(
        time: FrameCount(Int64(marked.lowerBound)).time(at: rate)..<FrameCount(Int64(marked.upperBound)).time(at: rate))
    }
    let format = try #require(SoundFormat(rate: rate, channels: 1))
    return try Check(ranges, format: format, length: FrameCount(Int64(frames)))
  }

  private static func samples(_ sound: [Float], _ range: FrameRange) -> [Float] {
    (Int(range.start.index)..<Int(range.end.index)).map { sound.indices.contains($0) ? sound[$0] : 0 }
  }

  private static func cover(_ samples: inout [Float], _ frames: Range<Int>, tone: Float) {
    for step in 0..<80 {
      let gain = Float(step) / 80
      samples[frames.lowerBound - 1 - step] *= gain
      samples[frames.upperBound + step] *= gain
    }
    for frame in frames { samples[frame] = tone * Float(sin(2 * Double.pi * 1_000 * Double(frame) / 16_000)) }
  }

  private static func delayed(_ samples: [Float], _ frames: Int) -> [Float] {
    [Float](repeating: 0, count: frames) + samples
  }
}

/// Something like speech: a voice whose pitch and formants wander, breath, pauses.
enum Speech {
  static func make(frames: Int, using seeded: inout Seeded) -> [Float] {
    var samples = [Float](repeating: 0, count: frames)
    var (pitch, phase, level) = (120.0, 0.0, 0.2)
    var weights: [Double] = []
    for frame in 0..<frames {
      if frame % 1_600 == 0 {
        pitch = Double.random(in: 90...220, using: &seeded)
        let formants = [Double.random(in: 250...900, using: &seeded), Double.random(in: 900...2_500, using: &seeded)]
        weights = Self.weights(formants, pitch: pitch)
        level = Double.random(in: 0.05...0.3, using: &seeded)
      }
      phase += pitch / 16_000
      var value = 0.0
      for harmonic in 1...12 { value += weights[harmonic - 1] * sin(2 * Double.pi * Double(harmonic) * phase) }
      samples[frame] = Float(level * value / 4 + Double.random(in: -0.01...0.01, using: &seeded))
    }
    return samples
  }

  /// Of the harmonics.
  private static func weights(_ formants: [Double], pitch: Double) -> [Double] {
    (1...12).map { harmonic in
      formants.reduce(0.05) { $0 + exp(-pow((Double(harmonic) * pitch - $1) / 200, 2)) }
    }
  }
}

private final class Memory: SoundSource {
  let format: SoundFormat
  var length: FrameCount? { FrameCount(Int64(samples.count / format.channels)) }
  private let samples: [Float]
  private var position = 0

  init(_ format: SoundFormat, _ samples: [Float]) {
    self.format = format
    self.samples = samples
  }

  func read(into block: inout SampleBlock) {
    let count = min(block.capacity * format.channels, samples.count - position)
    for index in 0..<count { block.room[index] = samples[position + index] }
    block.setFrameCount(count / format.channels)
    position += count
  }

  func close() {}
}
