import Foundation
import ShowModel

/// `episodes/<slug>/episode.yaml`.
enum EpisodeFile {
  static let name = "episode.yaml"
  private static let keys = [
    "title", "description", "date", "number", "season", "type", "explicit", "sound", "ranges", "artwork", "chapters",
    "transcript",
  ]

  /// - Parameter folder: of the show.
  static func read(_ slug: String, in folder: String) throws(ShowFolderError) -> Episode {
    let file = "episodes/\(slug)/\(name)"
    let map = try YAMLMap(path: "\(folder)/\(file)", name: file, keys: keys)
    return Episode(
      slug: slug, title: try map.required("title", "Réseau : ce qui change"),
      description: try map.required("description", "What is in this episode."), date: try date(map),
      number: try map.number("number", 1...99_999), season: try map.number("season", 1...9_999),
      kind: try map.word("type", Episode.Kind.self) ?? .full, isExplicit: try map.flag("explicit"),
      sound: try ShowFile.requiredPath("sound", "episode.wav", in: map), ranges: try ranges(map),
      artwork: try ShowFile.path("artwork", in: map), chapters: try ShowFile.path("chapters", in: map),
      transcript: try ShowFile.path("transcript", in: map), place: map.place)
  }

  /// Nothing to cover must be said: a line that was forgotten looks the same.
  private static func ranges(_ map: YAMLMap) throws(ShowFolderError) -> [String] {
    guard let texts = try map.texts("ranges") else {
      throw ShowFolderError(
        .missingKey, at: map.place, "“ranges” is missing: what must not be heard",
        "Write “ranges: episode.ranges.csv”, or “ranges: none” where nothing is to be covered.")
    }
    if texts == ["none"] { return [] }
    guard !texts.contains("none") else {
      throw map.bad("ranges", "names files, and says none as well", "Write one or the other.")
    }
    var paths: [String] = []
    for text in texts { paths.append(try ShowFile.inside(text, "ranges", map)) }
    return paths
  }

  private static func date(_ map: YAMLMap) throws(ShowFolderError) -> Date? {
    guard let text = try map.text("date") else { return nil }
    guard let date = date(text, in: .current) else {
      throw map.bad("date", "is not understood", "Write 2026-11-24, 2026-11-24 08:00 or 2026-11-24 08:00 +01:00.")
    }
    return date
  }

  /// - Parameter zone: where none is written.
  static func date(_ text: String, in zone: TimeZone) -> Date? {
    let pattern = /(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?: ?(Z|[+-]\d\d:\d\d))?)?/
    guard let match = text.wholeMatch(of: pattern)?.output else { return nil }
    var parts = DateComponents(year: Int(match.1), month: Int(match.2), day: Int(match.3))
    (parts.hour, parts.minute, parts.second) = (number(match.4), number(match.5), number(match.6))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = match.7.flatMap(offset) ?? zone
    parts.timeZone = calendar.timeZone
    guard let date = calendar.date(from: parts) else { return nil }
    // The calendar makes 1 March of 29 February; an hour that summer time leaves out is moved, and that is right.
    let back = calendar.dateComponents([.year, .month, .day], from: date)
    let isReal = (back.year, back.month, back.day) == (parts.year, parts.month, parts.day)
    return isReal && (parts.hour ?? 0) < 24 && (parts.minute ?? 0) < 60 && (parts.second ?? 0) < 60 ? date : nil
  }

  private static func number(_ text: Substring?) -> Int { text.flatMap { Int($0) } ?? 0 }

  private static func offset(_ text: Substring) -> TimeZone? {
    if text == "Z" { return TimeZone(secondsFromGMT: 0) }
    let minutes = number(text.dropFirst().prefix(2)) * 60 + number(text.suffix(2))
    return TimeZone(secondsFromGMT: (text.first == "-" ? -60 : 60) * minutes)
  }
}
