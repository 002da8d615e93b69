import PCM
import ShowModel

extension RedactError.Code {
  package static let noRanges = Self(rawValue: "no-ranges")
  package static let emptyRange = Self(rawValue: "empty-range")
  package static let pastEnd = Self(rawValue: "past-end")
  package static let wrongLength = Self(rawValue: "wrong-length")
}

extension RedactError {
  static func noRanges() -> RedactError {
    RedactError(
      .noRanges, problem: "there is no range to cover", remedy: "Mark at least one range, with its start and its end.",
      exit: .badData)
  }

  static func emptyRange(_ range: RedactionRange) -> RedactError {
    RedactError(
      .emptyRange, at: range.place, problem: "the range at \(range.time.lowerBound) has no length",
      remedy: "Give it a start and a later end.", exit: .badData)
  }

  static func pastEnd(_ range: RedactionRange, length: MediaTime) -> RedactError {
    let bounds = "\(range.time.lowerBound)-\(range.time.upperBound)"
    return RedactError(
      .pastEnd, at: range.place, problem: "the range \(bounds) lies past the end of the sound, which is \(length) long",
      remedy: "Check that these are the ranges of this episode, and correct the time.", exit: .badData)
  }

  static func wrongLength(promised: FrameCount, delivered: FrameCount, rate: SampleRate) -> RedactError {
    RedactError(
      .wrongLength,
      problem: "the sound is \(delivered.time(at: rate)) long but was announced as \(promised.time(at: rate))",
      remedy: "The file is damaged: export it again from the program that made it.", exit: .badData)
  }
}
