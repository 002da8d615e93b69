import Encode
import Foundation
import TestSupport
import Testing

/// What is lost in windows of 100 ms against one run of libmp3lame over all of a sound with the same settings, in
/// decibels of signal to noise.
///
/// At a seam are the windows that begin 25, 50 and 75 ms before it; elsewhere are those more than a second from every
/// seam. Windows quieter than -50 dB are left out: there is nothing to be heard but the encoder's own noise.
@Suite struct SeamTests {
  static let isSoak = ProcessInfo.processInfo.environment["PODCAST_SOAK"] != nil

  @Test("no more is lost at a seam than elsewhere, and loudness and peak are the same", .timeLimit(.minutes(60)))
  func seams() throws {
    let folder = try Folder()
    var (atSeams, elsewhere) = ([Double](), [Double]())
    for seed in 0..<(Self.isSoak ? 100 : 6) as Range<UInt64> {
      var seeded = Seeded(seed)
      let (hertz, rate, channels) = Self.settings[Int(seed) % Self.settings.count]
      let part = PartSize.usual(soundFrames: 1_152).length * (hertz >= 32_000 ? 1_152 : 576)
      let frames = 2 * part + .random(in: hertz..<(2 * hertz), using: &seeded)
      let sound = try Recording.voice(frames: frames, hertz: hertz, channels: channels, seed: seed)
      try sound.encode(rate, to: folder.file("a.mp3"))
      try sound.encode(rate, size: .whole, to: folder.file("one.mp3"))
      let pair = Pair(
        sound: sound, ours: try Recording.all(of: folder.file("a.mp3")),
        one: try Recording.all(of: folder.file("one.mp3")))
      let seams = [part - 576, 2 * part - 576]
      let here = seams.flatMap { seam in [25, 50, 75].compactMap { pair.loss(at: seam - $0 * hertz / 1_000) } }
      let there = stride(from: 0, to: frames, by: hertz / 10).filter { start in
        seams.allSatisfy { abs(start - $0) > hertz }
      }.compactMap(pair.loss)
      atSeams += here
      elsewhere += there
      if let worst = here.max(), worst > 0.1 {
        print("seed \(seed) \(hertz) Hz \(rate): \(here.map { Self.text($0) })")
      }
      #expect(abs(pair.loudnessDifference) < 0.05, "seed \(seed)")
      #expect(abs(pair.peakDifference) < 0.05, "seed \(seed)")
    }
    print("at seams, \(atSeams.count) windows: \(Self.describe(atSeams))")
    print("elsewhere, \(elsewhere.count) windows: \(Self.describe(elsewhere))")
    for part in [0.5, 0.95, 1] {
      #expect(Self.quantile(part, atSeams) <= Self.quantile(part, elsewhere) + 0.1, "\(part)")
    }
  }

  private static let settings: [(Int, MP3Settings.Rate, Int)] = [
    (48_000, .constant(128), 2), (44_100, .constant(64), 1), (48_000, .variable(4), 2), (24_000, .constant(48), 1),
    (44_100, .average(96), 2), (32_000, .constant(96), 2), (48_000, .constant(64), 1), (16_000, .constant(32), 1),
    (44_100, .constant(192), 2), (44_100, .variable(7), 1),
  ]

  private static func quantile(_ part: Double, _ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[Int(part * Double(values.count - 1))]
  }

  private static func text(_ value: Double) -> String { String(format: "%.3f", value) }

  private static func describe(_ values: [Double]) -> String {
    let over = values.filter { $0 > 0.1 }.count
    return "median \(text(quantile(0.5, values))), 95 % \(text(quantile(0.95, values))), "
      + "99 % \(text(quantile(0.99, values))), most \(text(quantile(1, values))) dB; over 0.1 dB: \(over)"
  }
}

/// One sound, and what two encodings made of it.
private struct Pair {
  let sound: Recording
  let ours, one: [Float]

  /// - Returns: nil where there is nothing to be heard.
  func loss(at start: Int) -> Double? {
    let window = (start * sound.channels)..<((start + sound.hertz / 10) * sound.channels)
    guard window.lowerBound >= 0, window.upperBound <= min(sound.samples.count, ours.count, one.count) else {
      return nil
    }
    let original = sound.samples[window]
    guard Self.power(original) / Double(window.count) > 1e-5 else { return nil }
    return Ratio.signalToNoise(original, one[window]) - Ratio.signalToNoise(original, ours[window])
  }

  var loudnessDifference: Double { 10 * log10(Self.power(ours[...]) / Self.power(one[...])) }
  var peakDifference: Double { 20 * log10(Double(Self.peak(ours)) / Double(Self.peak(one))) }

  private static func power(_ samples: ArraySlice<Float>) -> Double {
    samples.withUnsafeBufferPointer { samples in
      var sum = 0.0
      for index in 0..<samples.count { sum += Double(samples[index]) * Double(samples[index]) }
      return sum
    }
  }

  private static func peak(_ samples: [Float]) -> Float { samples.reduce(0) { max($0, abs($1)) } }
}
