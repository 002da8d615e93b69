import Foundation
import PCM
import ShowModel

/// CMX 3600: events with four time codes, of which the last two, the record side, are times in the finished episode.
enum CMXRanges {
  static func read(_ text: RangeText, _ options: RangeFileOptions) throws -> [RedactionRange] {
    guard let rate = options.videoRate else {
      throw text.errors.error(
        .needsVideoRate, line: nil, "the times of this list are counted in video frames",
        "Say how many a second, for example --fps 25.")
    }
    var builder = RangeBuilder(text.errors)
    var isDrop = false
    for (index, line) in text.lines.enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first, first != "TITLE:", first != "M2" else { continue }
      if first == "FCM:" {
        isDrop = words.dropFirst().first == "DROP"
      } else if first.hasPrefix("*") {
        let comment = line.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces)
        builder.change { $0.label = $0.label ?? (comment.isEmpty ? nil : PrivateText(comment)) }
      } else {
        guard words.count >= 8, first.allSatisfy(\.isNumber) else {
          throw text.errors.badLine("001 AX AA C 00:01:02:12 00:01:03:03 00:01:02:12 00:01:03:03", line: index + 1)
        }
        let codes = words.suffix(2).map { TimeCode($0, rate: rate, isDrop: isDrop) }
        guard let start = codes[0] else { throw badCode("start", rate, text, index + 1) }
        guard let end = codes[1] else { throw badCode("end", rate, text, index + 1) }
        try builder.add(start.time(rounding: .down), end.time(rounding: .up), line: index + 1)
      }
    }
    return try builder.finished()
  }

  private static func badCode(
    _ which: String, _ rate: VideoRate, _ text: RangeText, _ line: Int
  ) -> RedactError {
    text.errors.error(
      .badTime, line: line,
      "the \(which) is no time code of \(rate.nominal) frames a second",
      "Write hours:minutes:seconds:frames, and check the number given with --fps.")
  }
}

/// `HH:MM:SS:FF`, or with `;` for drop-frame counting, which leaves out 2 (or 4) numbers a minute but for every tenth
/// (SMPTE ST 12-1, 5.2.2).
struct TimeCode {
  let frame: Int64
  let rate: VideoRate

  init?(_ text: Substring, rate: VideoRate, isDrop: Bool) {
    let parts = text.utf8.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") }
      .map { TimeText.whole(Array($0)) }
    guard parts.count == 4, let hours = parts[0], let minutes = parts[1], let seconds = parts[2], let frames = parts[3],
      hours < 1_000, minutes < 60, seconds < 60, frames < rate.nominal
    else { return nil }
    self.rate = rate
    let counted = ((hours * 60 + minutes) * 60 + seconds) * rate.nominal + frames
    guard (isDrop || text.contains(";")) && rate.seconds == 1_001 && rate.nominal != 24 else {
      frame = counted
      return
    }
    let total = hours * 60 + minutes
    let dropped = rate.nominal / 15
    guard frames >= dropped || seconds != 0 || minutes % 10 == 0 else { return nil }
    frame = counted - dropped * (total - total / 10)
  }

  func time(rounding: TimeText.Rounding) -> MediaTime {
    MediaTime(
      nanoseconds: MediaTime.scale(
        frame, by: rate.seconds * 1_000_000_000, over: rate.frames, roundUp: rounding == .up))
  }

  /// Non-drop, of the frame that holds `time`, or the first that does not come before it.
  static func text(_ time: MediaTime, rate: VideoRate, rounding: TimeText.Rounding) -> String {
    let frame = MediaTime.scale(
      time.nanoseconds, by: rate.frames, over: rate.seconds * 1_000_000_000, roundUp: rounding == .up)
    let seconds = frame / rate.nominal
    let fields = [seconds / 3_600, seconds / 60 % 60, seconds % 60, frame % rate.nominal]
    return fields.map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
  }
}
