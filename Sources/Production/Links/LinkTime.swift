import Foundation

/// Until when a link is open, as people write it.
package enum LinkTime {
  /// The longest that is understood: ten years. What is meant to be longer has no end.
  private static let longest = 3_653 * 86_400.0

  /// `12h`, `30d` or `6w` from now on (`30j` as well), or the end of a day, `2026-12-31`.
  /// - Returns: nil for anything else, for what is past, and for more than ten years.
  package static func end(_ text: String, after now: Date, in zone: TimeZone) -> Date? {
    guard let end = duration(text).map(now.addingTimeInterval) ?? endOfDay(text, in: zone), end > now,
      end.timeIntervalSince(now) <= longest
    else { return nil }
    return end
  }

  /// Whether it is written as an end, also as one that is past or too far away.
  package static func isTime(_ text: String, in zone: TimeZone) -> Bool {
    text != "0" && duration(text) != nil || endOfDay(text, in: zone) != nil
  }

  /// In seconds; `0` is none. nil for what is no duration.
  package static func duration(_ text: String) -> TimeInterval? {
    if text == "0" { return 0 }
    guard let match = text.lowercased().wholeMatch(of: /([0-9]{1,5})(h|d|j|w)/), let count = Double(match.output.1)
    else { return nil }
    let units = ["h": 3_600.0, "d": 86_400, "j": 86_400, "w": 604_800]
    return units[String(match.output.2)].map { $0 * count }
  }

  private static func endOfDay(_ text: String, in zone: TimeZone) -> Date? {
    guard let match = text.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/) else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = DateComponents(
      year: Int(match.output.1), month: Int(match.output.2), day: Int(match.output.3))
    guard let day = calendar.date(from: parts), calendar.dateComponents([.year, .month, .day], from: day) == parts
    else { return nil }
    return calendar.date(byAdding: .day, value: 1, to: day)
  }
}
