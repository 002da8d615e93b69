import Foundation
import PCM
import ShowModel

/// What was covered in which sound, for whoever must be able to show it later. Times, reasons and digests: no label, no
/// note, no file name.
package struct Receipt: Codable, Hashable, Sendable {
  package struct Sound: Codable, Hashable, Sendable {
    package let hertz: Int
    package let channels: Int
    package let frames: Int64
    /// In seconds, three decimals or more.
    package let length: String
  }

  package struct Settings: Codable, Hashable, Sendable {
    /// In seconds.
    package let pad, shortest, join: String
    package let fill: String
  }

  package struct Stretch: Codable, Hashable, Sendable {
    package let firstFrame: Int64
    /// The first frame that is not covered any more.
    package let endFrame: Int64
    /// In seconds.
    package let start, end: String
    package let fill: String
    package let reasons: [String]
  }

  package struct Output: Codable, Hashable, Sendable {
    package let format: String
    package let bytes: Int64
    package let sha256: String

    package init(format: String, bytes: Int64, sha256: String) {
      self.format = format
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  package let tool: String
  package let version: String
  package let inputSHA256: String
  /// Of ``canonicalRanges(_:)``, not of the range file: times are in this receipt, so a digest that took labels in
  /// would let anybody try names until one fits.
  package let rangesSHA256: String
  package let sound: Sound
  package let settings: Settings
  package let covered: [Stretch]
  package let coveredSeconds: String
  package let outputs: [Output]

  package init(
    version: String, plan: RedactionPlan, inputSHA256: String, rangesSHA256: String, outputs: [Output]
  ) {
    let rate = plan.format.rate
    tool = "podcast"
    self.version = version
    self.inputSHA256 = inputSHA256
    self.rangesSHA256 = rangesSHA256
    sound = Sound(
      hertz: rate.hertz, channels: plan.format.channels, frames: plan.length.value,
      length: plan.length.time(at: rate).decimalSeconds)
    settings = Settings(
      pad: plan.settings.pad.decimalSeconds, shortest: plan.settings.shortest.decimalSeconds,
      join: plan.settings.join.decimalSeconds, fill: plan.settings.fill.rawValue)
    covered = plan.covers.map { Stretch($0, rate: rate) }
    coveredSeconds = plan.coveredCount.time(at: rate).decimalSeconds
    self.outputs = outputs
  }

  /// The ranges as marked, one a line in the order of time: start, end, fill and reason, without label and note.
  package static func canonicalRanges(_ ranges: [RedactionRange]) -> String {
    ranges.map { range in
      let times = "\(range.time.lowerBound.decimalSeconds),\(range.time.upperBound.decimalSeconds)"
      return "\(times),\(range.fill?.rawValue ?? ""),\(range.reason?.rawValue ?? "")\n"
    }.sorted().joined()
  }

  /// Keys in the order of the alphabet, one a line, with a newline at the end.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}

extension Receipt.Stretch {
  fileprivate init(_ cover: Cover, rate: SampleRate) {
    let time = cover.frames.time(at: rate)
    self.init(
      firstFrame: cover.frames.start.index, endFrame: cover.frames.end.index, start: time.lowerBound.decimalSeconds,
      end: time.upperBound.decimalSeconds, fill: cover.fill.rawValue, reasons: cover.reasons.map(\.rawValue))
  }
}
