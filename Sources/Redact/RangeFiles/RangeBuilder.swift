import Foundation
import PCM
import ShowModel

/// Makes ranges of the texts that a format found, with the errors that every format shares.
struct RangeBuilder {
  let errors: RangeFileErrors
  private(set) var ranges: [RedactionRange] = []

  init(_ errors: RangeFileErrors) { self.errors = errors }

  mutating func add(
    _ start: some StringProtocol, _ end: some StringProtocol, line: Int, label: String? = nil
  ) throws {
    guard let from = TimeText.parse(start, rounding: .down) else { throw errors.badTime(start, "start", line: line) }
    guard let to = TimeText.parse(end, rounding: .up) else { throw errors.badTime(end, "end", line: line) }
    try add(from, to, line: line, label: label)
  }

  mutating func add(
    _ start: some StringProtocol, lasting length: some StringProtocol, line: Int, label: String? = nil
  ) throws {
    guard let from = TimeText.parse(start, rounding: .down) else { throw errors.badTime(start, "start", line: line) }
    guard let lasting = TimeText.parse(length, rounding: .up) else {
      throw errors.badTime(length, "duration", line: line)
    }
    try add(from, from + lasting, line: line, label: label)
  }

  mutating func add(_ start: MediaTime, _ end: MediaTime, line: Int?, label: String? = nil) throws {
    guard start <= end else { throw errors.endBeforeStart(start, end, line: line ?? 0) }
    guard start < end else { throw errors.point(start, line: line ?? 0) }
    guard ranges.count < RangeLimits.ranges else {
      throw errors.error(.tooLarge, line: line, "there are more than \(RangeLimits.ranges) ranges", "Split the list.")
    }
    ranges.append(
      RedactionRange(
        time: start..<end, label: label.flatMap { $0.isEmpty ? nil : PrivateText($0) },
        place: Place(file: errors.file, line: line)))
  }

  mutating func change(_ body: (inout RedactionRange) -> Void) {
    guard !ranges.isEmpty else { return }
    body(&ranges[ranges.count - 1])
  }

  func finished() throws -> [RedactionRange] {
    guard !ranges.isEmpty else { throw errors.empty() }
    return ranges
  }

  /// Case and accents do not matter; an empty text means none.
  func fill(_ text: some StringProtocol, line: Int) throws -> Fill? {
    let word = Self.plain(text)
    if word.isEmpty { return nil }
    if let fill = Self.fills[word] { return fill }
    throw errors.error(.badWord, line: line, "the fill is not known", "Write bip, silence or noise, or leave it empty.")
  }

  private static let fills: [String: Fill] = [
    "bip": .bip, "beep": .bip, "tone": .bip, "son": .bip, "silence": .silence, "mute": .silence, "noise": .noise,
    "bruit": .noise,
  ]

  /// Whether this can stand in the column of fills.
  static func isFill(_ text: some StringProtocol) -> Bool {
    let word = plain(text)
    return word.isEmpty || fills[word] != nil
  }

  func reason(_ text: some StringProtocol, line: Int) throws -> Reason? {
    let word = Self.plain(text)
    if word.isEmpty { return nil }
    if let reason = Reason.allCases.first(where: { $0.rawValue == word || $0.french == word }) { return reason }
    throw errors.error(
      .badWord, line: line, "the reason is not known",
      "Write one of \(Reason.allCases.map(\.rawValue).joined(separator: ", ")), or leave it empty.")
  }

  static func plain(_ text: some StringProtocol) -> String {
    text.trimmingCharacters(in: .whitespaces).folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
      .lowercased()
  }
}
