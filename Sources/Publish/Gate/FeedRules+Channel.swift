import Foundation
import ShowModel

extension FeedRules {
  mutating func check(channel: FeedElement) {
    checkOnce(
      [
        "title", "link", "description", "language", "itunes:image", "itunes:explicit", "itunes:author", "itunes:type",
        "itunes:owner", "itunes:block", "podcast:guid", "podcast:locked", "podcast:medium",
      ], in: channel)
    checkRequired(channel)
    checkTexts(channel)
    checkCategories(channel)
    checkWords(channel)
    checkSelf(channel)
    checkAddresses(channel: channel)
    switch audience {
    case .everybody: checkPublic(channel)
    case .invited: checkPrivate(channel)
    }
  }

  private mutating func checkRequired(_ channel: FeedElement) {
    let required: [(String, GateRule)] = [
      ("title", .title), ("link", .link), ("description", .description), ("language", .language),
      ("itunes:explicit", .explicit),
    ]
    for (name, rule) in required where channel[name]?.trimmed.isEmpty ?? true {
      report(rule, at: channel[name] ?? channel)
    }
    if channel["itunes:image"]?.attributes["href"]?.isEmpty ?? true { report(.artwork, at: channel) }
    if channel["itunes:category"] == nil { report(.category, at: channel) }
  }

  private mutating func checkTexts(_ channel: FeedElement) {
    check(title: channel["title"])
    check(description: channel["description"])
    for name in ["itunes:author", "copyright"] { check(email: channel[name]) }
    check("itunes:author", in: channel, .author) { !$0.isEmpty }
    check("language", in: channel, .languageCode) { $0.isEmpty || LanguageCode.isKnown($0) }
    for date in ["pubDate", "lastBuildDate"] { check(date: channel[date]) }
    check("podcast:guid", in: channel, .showGUID) { UUID(uuidString: $0) != nil }
    for funding in channel.all("podcast:funding") where funding.trimmed.count > PublishLimits.lineCharacters {
      report(.funding, at: funding)
    }
    for text in channel.all("podcast:txt") where text.trimmed.count > PublishLimits.txtCharacters {
      report(.txt, at: text)
    }
    check(people: channel)
  }

  private mutating func checkCategories(_ channel: FeedElement) {
    for category in channel.all("itunes:category") {
      let name = category.attributes["text"] ?? ""
      guard let known = AppleCategories.subcategories[name] else {
        report(.categoryName, Self.short(name), at: category)
        continue
      }
      for subcategory in category.all("itunes:category") {
        let name = subcategory.attributes["text"] ?? ""
        if !known.contains(name) { report(.subcategoryName, Self.short(name), at: subcategory) }
      }
    }
  }

  /// Enough of it to know it again.
  private static func short(_ name: String) -> String { name.count > 40 ? name.prefix(40) + "…" : name }

  private mutating func checkWords(_ channel: FeedElement) {
    check("itunes:explicit", in: channel, .explicitValue) { ["", "true", "false"].contains($0) }
    check("itunes:type", in: channel, isOneOf: ["episodic", "serial"], .type)
    check("itunes:block", in: channel, .blockValue) { $0 == "Yes" }
    check("podcast:locked", in: channel, isOneOf: ["yes", "no"], .locked)
    check("podcast:medium", in: channel, .medium) {
      Self.media.contains($0.hasSuffix("L") ? String($0.dropLast()) : $0)
    }
    for block in channel.all("podcast:block") where !["yes", "no"].contains(block.trimmed) { report(.block, at: block) }
  }

  /// Each also with an L behind it, for a list of them.
  private static let media: Set<String> = [
    "podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course", "mixed",
  ]

  private mutating func checkSelf(_ channel: FeedElement) {
    guard let link = Self.selfLink(channel) else {
      if audience == .everybody { report(.selfAddress, at: channel) }
      return
    }
    if let type = link.attributes["type"], type != "application/rss+xml" { report(.selfType, at: link) }
  }

  static func selfLink(_ channel: FeedElement) -> FeedElement? {
    channel.all("atom:link").first { $0.attributes["rel"] == "self" }
  }

  private mutating func checkPublic(_ channel: FeedElement) {
    for name in ["itunes:block", "podcast:block"] {
      if let block = channel[name], block.trimmed.lowercased() == "yes" { report(.blockPublic, at: block) }
    }
    guard let email = channel["itunes:owner"]?["itunes:email"] else { return }
    if !EmailAddress.isOne(email.trimmed) { report(.ownerEmail, at: email) }
  }

  private mutating func checkPrivate(_ channel: FeedElement) {
    for (name, word) in [("itunes:block", "Yes"), ("podcast:block", "yes")] where channel[name]?.trimmed != word {
      report(.privateBlock, name, at: channel[name] ?? channel)
    }
    if channel["podcast:locked"]?.trimmed != "yes" { report(.privateLocked, at: channel["podcast:locked"] ?? channel) }
    let emails = [channel["itunes:owner"]?["itunes:email"], channel["managingEditor"], channel["webMaster"]]
    for email in emails.compactMap({ $0 }) { report(.privateEmail, at: email) }
    if let locked = channel["podcast:locked"], locked.attributes["owner"] != nil { report(.privateEmail, at: locked) }
    if let guid = channel["podcast:guid"] { report(.privateGUID, at: guid) }
  }
}
