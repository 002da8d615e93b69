import Foundation
import ShowModel

extension FeedRules {
  mutating func check(item: FeedElement, isSerial: Bool) {
    checkOnce(Self.once, in: item)
    if item["title"]?.trimmed.isEmpty ?? true { report(.episodeTitle, at: item) }
    check(title: item["title"])
    check(description: item["description"])
    check(date: item["pubDate"])
    checkGUID(item)
    checkEnclosure(item)
    checkApple(item, isSerial: isSerial)
    checkNamespace(item)
    check(people: item)
    checkAddresses(item: item)
  }

  private static let once = [
    "title", "description", "enclosure", "guid", "pubDate", "link", "itunes:duration", "itunes:image",
    "itunes:explicit", "itunes:episode", "itunes:season", "itunes:episodeType", "podcast:chapters", "podcast:season",
    "podcast:episode",
  ]

  private mutating func checkGUID(_ item: FeedElement) {
    guard let guid = item["guid"], !guid.trimmed.isEmpty else { return report(.guid, at: item["guid"] ?? item) }
    if guid.attributes["isPermaLink"] != "false", WebAddress(guid.trimmed) == nil { report(.guidPermalink, at: guid) }
  }

  private mutating func checkEnclosure(_ item: FeedElement) {
    guard let enclosure = item["enclosure"], let address = enclosure.attributes["url"], !address.isEmpty else {
      return report(.enclosure, at: item["enclosure"] ?? item)
    }
    if !Self.isCount(enclosure.attributes["length"] ?? "") { report(.enclosureLength, at: enclosure) }
    guard let endings = Self.endings[enclosure.attributes["type"] ?? ""] else {
      return report(.enclosureType, at: enclosure)
    }
    if let address = WebAddress(address), !endings.contains(address.fileExtension) {
      report(.enclosureExtension, at: enclosure)
    }
  }

  /// What Apple plays, with the ends of its addresses.
  private static let endings: [String: Set<String>] = [
    "audio/mpeg": ["mp3"], "audio/x-m4a": ["m4a"], "audio/mp4": ["m4a", "mp4"], "audio/aac": ["aac", "m4a"],
    "video/mp4": ["mp4"], "video/x-m4v": ["m4v"], "video/quicktime": ["mov"], "application/pdf": ["pdf"],
  ]

  /// A whole number from 1 on, in digits of ASCII.
  static func isCount(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } && (Int64(text) ?? 0) > 0
  }

  private mutating func checkApple(_ item: FeedElement, isSerial: Bool) {
    check("itunes:duration", in: item, .duration, Self.isDuration)
    check("itunes:explicit", in: item, .explicitValue) { ["true", "false"].contains($0) }
    check("itunes:episode", in: item, .episodeNumber, Self.isCount)
    check("itunes:season", in: item, .season, Self.isCount)
    check("itunes:episodeType", in: item, isOneOf: Set(Episode.Kind.allCases.map(\.rawValue)), .episodeType)
    check("itunes:block", in: item, .blockValue) { $0 == "Yes" }
    let isFull = ["full", nil].contains(item["itunes:episodeType"]?.trimmed.lowercased())
    if isSerial, isFull, item["itunes:episode"] == nil { report(.serialNumber, at: item) }
  }

  /// Seconds, or hours, minutes and seconds.
  private static func isDuration(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else {
      return false
    }
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == parts.count && numbers.dropFirst().allSatisfy { $0 < 60 } && numbers.contains { $0 > 0 }
  }
}
