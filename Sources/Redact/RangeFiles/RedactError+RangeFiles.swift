import PCM
import ShowModel

extension RedactError.Code {
  package static let unreadable = Self(rawValue: "unreadable")
  package static let notAList = Self(rawValue: "not-a-list")
  package static let badTime = Self(rawValue: "bad-time")
  package static let point = Self(rawValue: "point")
  package static let endBeforeStart = Self(rawValue: "end-before-start")
  package static let badColumn = Self(rawValue: "bad-column")
  package static let badWord = Self(rawValue: "bad-word")
  package static let badLine = Self(rawValue: "bad-line")
  package static let needsVideoRate = Self(rawValue: "needs-video-rate")
  package static let tooLarge = Self(rawValue: "too-large")
  package static let cannotWrite = Self(rawValue: "cannot-write-format")
}

/// Errors of one range file. What stands in it may name people: only digits and their punctuation are ever repeated.
struct RangeFileErrors {
  let file: String

  func error(_ code: RedactError.Code, line: Int?, _ problem: String, _ remedy: String) -> RedactError {
    RedactError(code, at: Place(file: file, line: line), problem: problem, remedy: remedy, exit: .badData)
  }

  /// The value where it can't be private, otherwise a word for it.
  static func shown(_ text: some StringProtocol, else word: String) -> String {
    let isHarmless =
      !text.isEmpty && text.utf8.count <= 20 && text.utf8.allSatisfy { "0123456789.,:;-".utf8.contains($0) }
    return isHarmless ? "\"\(text)\"" : word
  }

  func badTime(_ text: some StringProtocol, _ which: String, line: Int) -> RedactError {
    let value = Self.shown(text, else: "")
    if text.split(separator: ".").count > 2, text.allSatisfy({ $0.isNumber || $0 == "." }) {
      return error(
        .badTime, line: line, "the \(which) \(value) is in bars and beats, not in time",
        "Set the project's ruler to minutes and seconds, and export again.")
    }
    return error(
      .badTime, line: line, "the \(which) is not a time\(value.isEmpty ? "" : ": \(value)")",
      "Write seconds (62.5), minutes:seconds (1:02.5) or hours:minutes:seconds (0:01:02.5).")
  }

  func point(_ time: MediaTime, line: Int) -> RedactError {
    error(
      .point, line: line, "the mark at \(time) is a point, not a range",
      "Give it a start and a later end: how much to cover is never guessed.")
  }

  func endBeforeStart(_ start: MediaTime, _ end: MediaTime, line: Int) -> RedactError {
    error(.endBeforeStart, line: line, "the end \(end) comes before the start \(start)", "Correct the two times.")
  }

  func badLine(_ expected: String, line: Int) -> RedactError {
    error(.badLine, line: line, "this line is not understood", "A line of this format reads: \(expected)")
  }

  func empty() -> RedactError {
    error(
      .noRanges, line: nil, "there is no range in this file", "Mark what must not be heard, and export the marks again."
    )
  }
}
