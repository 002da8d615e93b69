import Foundation
import ShowModel

/// Looks for what an original says besides its sound in all that a redacted file says besides its own.
package struct TagCheck {
  private let redacted: FoundTags
  /// All texts as words, and those that ID3v1 may have cut.
  private let said: [String]
  private let cut: [String]

  package init(_ redacted: FoundTags) {
    self.redacted = redacted
    said = redacted.texts.map { Self.words($0.text.revealed) }
    // ID3v1 has 30 bytes for a text, and 28 for a comment beside a number.
    cut = redacted.texts.map(\.text.revealed).filter { (28...30).contains($0.utf8.count) }.map(Self.words)
  }

  package func report(on original: FoundTags) -> TagReport {
    let texts = original.texts.filter { !Self.isTechnical($0) }
    var kinds = Set(texts.filter { isSaid($0.text.revealed) }.map(\.kind))
    kinds.formUnion(written(texts.filter { !kinds.contains($0.kind) }))
    if original.pictures.contains(where: isShown) { kinds.insert(.picture) }
    return TagReport(cameOver: kinds, isComplete: original.isComplete && redacted.isComplete)
  }

  // MARK: Texts that a reader of tags finds

  private func isSaid(_ text: String) -> Bool {
    let words = Self.words(text)
    guard words.count >= Thresholds.shortestTag + 2 else { return false }
    return said.contains { $0.contains(words) } || cut.contains { words.hasPrefix($0.dropLast()) }
  }

  /// Words in plain lower-case letters, a space around each: what is left of a text whatever field it moved to.
  private static func words(_ text: String) -> String {
    let plain = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    let words = plain.split { !$0.isLetter && !$0.isNumber }
    return words.isEmpty ? "" : " " + words.joined(separator: " ") + " "
  }

  /// Whether it names a program or a number that two files may share by chance.
  private static func isTechnical(_ text: FoundTags.Text) -> Bool {
    let revealed = text.text.revealed.trimmingCharacters(in: .whitespacesAndNewlines)
    if text.kind.isTechnical || revealed.count < Thresholds.shortestTag { return true }
    // A rate, a year, a number in a series; a telephone number is longer.
    if revealed.count <= Thresholds.longestPlainNumber, revealed.allSatisfy({ $0.isNumber || ".,/:".contains($0) }) {
      return true
    }
    let lower = revealed.lowercased()
    return programs.contains { lower.hasPrefix($0) } || ["true", "false", "und", "eng"].contains(lower)
  }

  private static let programs = [
    "lame", "lavf", "lavc", "ffmpeg", "libsndfile", "sox", "audacity", "adobe audition", "reference libflac",
    "xiph.org", "libopus", "opusenc", "qaac", "itunes", "reaper", "pro tools", "soundhandler", "www.audacityteam.org",
    "processed by sox",
  ]

  // MARK: Texts in bytes that no reader of tags knows

  private func written(_ texts: [FoundTags.Text]) -> Set<TagKind> {
    let needles = texts.flatMap { text in
      Self.spellings(text.text.revealed.trimmingCharacters(in: .whitespacesAndNewlines)).map { (text.kind, $0) }
    }
    let found = ByteSearch(needles.map(\.1)).found(in: redacted.surroundings)
    return Set(found.map { needles[$0].0 })
  }

  private static func spellings(_ text: String) -> [[UInt8]] {
    let little = text.utf16.flatMap { (unit: UInt16) -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let big = text.utf16.flatMap { (unit: UInt16) -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    let all: [[UInt8]] = [
      Array(text.utf8), Array(text.precomposedStringWithCanonicalMapping.utf8),
      Array(text.decomposedStringWithCanonicalMapping.utf8), text.data(using: .windowsCP1252).map(Array.init) ?? [],
      little, big,
    ]
    return Set(all).filter { $0.count >= Thresholds.shortestBytes }
  }

  // MARK: Pictures

  private func isShown(_ picture: [UInt8]) -> Bool {
    if redacted.pictures.contains(picture) { return true }
    // From its middle: what is at its start, all pictures of a program have.
    let size = min(picture.count, 64)
    guard size >= Thresholds.shortestBytes else { return false }
    let from = (picture.count - size) / 2
    return !ByteSearch([Array(picture[from..<(from + size)])]).found(in: redacted.surroundings).isEmpty
  }
}
