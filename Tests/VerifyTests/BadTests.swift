import Encode
import Foundation
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// How covering goes wrong.
enum Fault: String {
  case none = "nothing"
  case speechUnderBip = "speech at -20 dB under a bip"
  case softBip = "a bip at -20 dB over speech"
  case openChannel = "one channel left open"
  case late = "covered 20 ms late"
  case forgotten = "one range forgotten"
  case softer = "turned down by 30 dB"

  /// What somebody made of `frames` of `sound`, on its first channel or on all.
  func apply(to sound: inout Sound, _ frames: Range<Int>) {
    let (speech, bip): (Float, Float) =
      switch self {
      case .speechUnderBip: (0.1, 0.2)
      case .softBip: (1, 0.02)
      case .softer: (0.03, 0)
      case .forgotten: (1, 0)
      default: (0, 0.2)
      }
    let start = frames.lowerBound + (self == .late ? sound.hertz / 50 : 0)
    let channels = sound.format.channels
    for frame in start..<frames.upperBound {
      let tone = bip * Float(sin(2 * Double.pi * 1_000 * Double(frame) / Double(sound.hertz)))
      for channel in 0..<(self == .openChannel ? 1 : channels) {
        sound.samples[frame * channels + channel] = speech * sound.samples[frame * channels + channel] + tone
      }
    }
  }
}

@Suite struct BadTests {
  private static let codings: [(name: String, file: String, format: OutputFormat)] = [
    ("wav", "bad.wav", .wav(.int16)), ("mp3 64", "bad.mp3", .mp3(MP3Settings(rate: .constant(64)))),
    ("mp3 32", "bad.mp3", .mp3(MP3Settings(rate: .constant(32), isMono: true))), ("opus", "bad.opus", .opus),
  ]

  @Test(
    "a bad cover is found in every range it spoils, also after encoding",
    arguments: [Fault.speechUnderBip, .softBip, .openChannel, .late, .forgotten, .softer])
  func found(fault: Fault) throws {
    let folder = try Folder()
    for (number, sound) in try Self.sounds().enumerated() {
      let original = fault == .openChannel ? try sound.stereo() : sound
      try original.write(.wav(.int16), to: folder.file("in.wav"))
      let ranges = [CleanCase.range(1_000..<1_600), CleanCase.range(2_500..<3_100)]
      var bad = original
      for (index, range) in ranges.enumerated() {
        let frames = FrameRange(covering: range.time, rate: sound.format.rate)
        let here: Fault = fault == .forgotten && index == 0 ? .none : fault
        here.apply(to: &bad, Int(frames.start.index)..<Int(frames.end.index))
      }
      for coding in Self.codings where coding.name != "mp3 32" || fault != .openChannel {
        try bad.write(coding.format, to: folder.file(coding.file))
        let result = try CheckJob.run(
          original: folder.file("in.wav"), redacted: folder.file(coding.file), ranges: ranges)
        let found = result.sound.stretches.map { !$0.leaks.isEmpty }
        let expected = fault == .forgotten ? [false, true] : [true, true]
        #expect(found == expected, "\(fault.rawValue), sound \(number), \(coding.name): \(Leaks.places(result))")
      }
    }
  }

  /// Pieces that are spoken where the ranges begin: of a pause, nothing can be left.
  private static func sounds() throws -> [Sound] {
    let spoken = try Sound.spoken.get()
    var pieces = try (Soak.isOn ? [6.3, 10, 22.6, 32.5, 52.2] : [22.6]).map { start in
      try spoken.piece(from: Int(start * Double(spoken.hertz)), count: 4 * spoken.hertz)
    }
    for seed in 0..<(Soak.isOn ? 3 : 1) {
      var seeded = Seeded(UInt64(70 + seed))
      pieces.append(try Sound.speechlike(seconds: 4, hertz: [16_000, 44_100, 48_000][seed], using: &seeded))
    }
    return pieces
  }
}
