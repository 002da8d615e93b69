import Encode
import Foundation
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// One seeded run of `redact`, whose output must pass.
struct CleanCase {
  let original: Sound
  let ranges: [RedactionRange]
  let settings: CoverSettings
  let output: (name: String, ending: String, mp3: MP3Settings)
  /// Frames that are missing at the start of the original that `verify` is given: the redacted sound comes later.
  let missing: Int

  static let outputs: [(name: String, ending: String, mp3: MP3Settings)] = [
    ("wav", "wav", MP3Settings()), ("flac", "flac", MP3Settings()), ("ogg", "ogg", MP3Settings()),
    ("opus", "opus", MP3Settings()), ("mp3 32 mono", "mp3", MP3Settings(rate: .constant(32), isMono: true)),
    ("mp3 64", "mp3", MP3Settings(rate: .constant(64))), ("mp3 128", "mp3", MP3Settings(rate: .constant(128))),
    ("mp3 abr", "mp3", MP3Settings(rate: .average(80))), ("mp3 v9", "mp3", MP3Settings(rate: .variable(9))),
  ]

  /// - Parameter isQuick: short, and mostly of low rate, for debug builds.
  init(seed: Int, isQuick: Bool) throws {
    var seeded = Seeded(UInt64(9_000 + seed))
    let low = [8_000, 11_025, 16_000, 22_050]
    let rates = isQuick && seed % 10 > 0 ? low : low + [32_000, 44_100, 48_000, 96_000]
    let hertz = rates[Int.random(in: 0..<rates.count, using: &seeded)]
    let seconds = Double.random(in: isQuick ? 1.8...2.4 : 2.5...5, using: &seeded)
    var sound: Sound
    if Bool.random(using: &seeded) {
      let spoken = try Sound.spoken.get()
      let count = Int(seconds * Double(spoken.hertz))
      let start = Int.random(in: (spoken.hertz * 3)..<(spoken.frames - count), using: &seeded)
      sound = try spoken.piece(from: start, count: count).resampled(to: hertz)
    } else {
      sound = try Sound.speechlike(seconds: seconds, hertz: hertz, using: &seeded)
    }
    if Int.random(in: 0..<3, using: &seeded) == 0 { sound = try sound.stereo() }
    let isDelayed = Int.random(in: 0..<3, using: &seeded) == 0
    missing = isDelayed ? Int.random(in: 1...(hertz * 2 / 5), using: &seeded) : 0
    let fill = Fill.allCases[Int.random(in: 0..<3, using: &seeded)]
    settings = Bool.random(using: &seeded) ? .exact(fill: fill) : CoverSettings(fill: fill)
    output = Self.outputs[seed % Self.outputs.count]
    ranges = Self.ranges(milliseconds: Int(seconds * 1_000), &seeded)
    original = sound
  }

  private static func ranges(milliseconds: Int, _ seeded: inout Seeded) -> [RedactionRange] {
    let first = Int.random(in: 700...(milliseconds / 2), using: &seeded)
    let end = min(milliseconds - 200, first + Int.random(in: 120...900, using: &seeded))
    let ranges = [first..<end, end + 350..<max(end + 350, min(milliseconds - 100, end + 700))]
    let chosen = ranges.prefix(Int.random(in: 1...2, using: &seeded)).filter { $0.count > 50 }
    return chosen.map { Self.range($0) }
  }

  static func range(_ milliseconds: Range<Int>) -> RedactionRange {
    RedactionRange(
      time: MediaTime(
        milliseconds: Int64(milliseconds.lowerBound))..<MediaTime(
          milliseconds: Int64(milliseconds.upperBound)))
  }

  /// Redacts in `folder`, and verifies.
  func check(in folder: Folder) throws -> CheckResult {
    let input = folder.file("in.wav")
    try original.write(.wav(.int16), to: input)
    var request = RedactionRequest(input: input, ranges: ranges, outputs: [folder.file("out." + output.ending)])
    (request.settings, request.mp3, request.replacesOutputs) = (settings, output.mp3, true)
    _ = try RedactionJob.run(request)
    guard missing > 0 else { return try CheckJob.run(original: input, redacted: request.outputs[0], ranges: ranges) }
    let shift = FrameCount(Int64(missing)).time(at: original.format.rate)
    try original.piece(from: missing, count: original.frames - missing).write(.wav(.int16), to: folder.file("late.wav"))
    let earlier = ranges.map { RedactionRange(time: ($0.time.lowerBound - shift)..<($0.time.upperBound - shift)) }
    return try CheckJob.run(original: folder.file("late.wav"), redacted: request.outputs[0], ranges: earlier)
  }

  var name: String {
    "\(output.name) \(settings.fill) \(settings.pad == .zero ? "exact" : "padded") \(original.hertz) Hz "
      + "\(original.format.channels) ch, \(missing) frames late"
  }
}
