import Foundation

/// Podcasting 2.0, within an episode.
extension FeedRules {
  mutating func checkNamespace(_ item: FeedElement) {
    for transcript in item.all("podcast:transcript")
    where !Self.transcriptTypes.contains(transcript.attributes["type"] ?? "") {
      report(.transcriptType, at: transcript)
    }
    if let chapters = item["podcast:chapters"], !Self.chapterTypes.contains(chapters.attributes["type"] ?? "") {
      report(.chaptersType, at: chapters)
    }
    check("podcast:season", in: item, .podcastSeason) { Int($0) != nil }
    check("podcast:episode", in: item, .podcastEpisode, Self.isEpisode)
    for alternate in item.all("podcast:alternateEnclosure") { check(alternate: alternate) }
  }

  private static let transcriptTypes: Set<String> = [
    "text/plain", "text/html", "text/vtt", "application/json", "application/x-subrip", "application/srt", "text/srt",
  ]

  /// Both are in the specification's examples.
  private static let chapterTypes: Set<String> = ["application/json+chapters", "application/json"]

  /// A whole number or one with decimals, in digits of ASCII: `42`, `42.5`.
  private static func isEpisode(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
  }

  private mutating func check(alternate: FeedElement) {
    if alternate.attributes["type"]?.isEmpty ?? true { report(.alternateType, at: alternate) }
    if let length = alternate.attributes["length"], !Self.isCount(length) { report(.alternateLength, at: alternate) }
    let sources = alternate.all("podcast:source")
    if sources.isEmpty || sources.contains(where: { $0.attributes["uri"]?.isEmpty ?? true }) {
      report(.alternateSource, at: alternate)
    }
    if let integrity = alternate["podcast:integrity"], !Self.isIntegrity(integrity) {
      report(.integrity, at: integrity)
    }
  }

  private static func isIntegrity(_ element: FeedElement) -> Bool {
    let value = element.attributes["value"] ?? ""
    switch element.attributes["type"] {
    case "pgp-signature": return !value.isEmpty
    case "sri":
      let parts = value.split(separator: "-", maxSplits: 1)
      guard parts.count == 2, let bytes = Data(base64Encoded: String(parts[1])) else { return false }
      return ["sha256": 32, "sha384": 48, "sha512": 64][parts[0]] == bytes.count
    default: return false
    }
  }
}
