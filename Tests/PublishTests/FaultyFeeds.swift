import Foundation
import Publish
import ShowModel

/// A feed that another program could have written, with one thing wrong, and the rule that says so.
struct FaultyFeed: Sendable {
  let rule: String
  let what: String
  let audience: Audience
  /// In the sample's feed, all of this is replaced.
  private let old, new: String

  init(_ rule: String, _ what: String, _ old: String, _ new: String, for audience: Audience = .everybody) {
    (self.rule, self.what, self.audience, self.old, self.new) = (rule, what, audience, old, new)
  }

  /// nil where the sample does not have what is to be replaced.
  var bytes: [UInt8]? {
    let feed = audience == .everybody ? Sample.publicFeed : Sample.privateFeed
    let text = String(decoding: feed.xml(), as: UTF8.self)
    guard text.contains(old) else { return nil }
    // Not UTF-8 where this stands.
    return text.replacing(old, with: new).split(separator: "\u{10fffd}", omittingEmptySubsequences: false)
      .map { Array($0.utf8) }.joined(separator: [0xff]).map { $0 }
  }

  static let all = [xml, shows, episodes, namespace, privacy].flatMap { $0 }

  private static let xml: [FaultyFeed] = [
    FaultyFeed("rss.xml", "a tag that is not closed", "</channel>", ""),
    FaultyFeed("rss.xml", "a bare ampersand", "Technology", "R & D"),
    FaultyFeed("rss.xml", "half a feed", "</item>", "</ite"),
    FaultyFeed("rss.version", "an older RSS", "version=\"2.0\"", "version=\"0.91\""),
    FaultyFeed("rss.version", "no channel", "channel>", "feed>"),
    FaultyFeed("psp1.utf-8", "Latin-1 bytes", "Réseau", "R\u{10fffd}seau"),
    FaultyFeed("psp1.utf-8", "another encoding", "encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\""),
    FaultyFeed(
      "house.doctype", "entities of its own", "<rss", "<!DOCTYPE rss [<!ENTITY a SYSTEM \"/etc/hostname\">]>\n<rss"),
    FaultyFeed(
      "apple.namespace", "Apple's prefix for something else", "http://www.itunes.com/dtds/podcast-1.0.dtd", "urn:x"),
    FaultyFeed("podcast.namespace", "the namespace misspelled", "podcastindex.org/namespace/1.0", "podcast.index/1"),
  ]

  private static let shows: [FaultyFeed] = [
    FaultyFeed("rss.tag-twice", "two titles", "<language>", "<title>Encore</title><language>"),
    FaultyFeed("rss.date", "a date in ISO 8601", "Tue, 24 Nov 2026 07:00:00 GMT", "2026-11-24T08:00:00Z"),
    FaultyFeed("apple.explicit", "nothing about explicit", "<itunes:explicit>false</itunes:explicit>", ""),
    FaultyFeed("apple.explicit-value", "explicit: no", "explicit>false<", "explicit>no<"),
    FaultyFeed("apple.type", "a type that is none", "episodic", "daily"),
    FaultyFeed(
      "apple.block-value", "block: true", "<podcast:medium>", "<itunes:block>true</itunes:block><podcast:medium>"),
    FaultyFeed("apple.block-public", "blocked", "<podcast:medium>", "<itunes:block>Yes</itunes:block><podcast:medium>"),
    FaultyFeed("psp1.self-type", "an Atom link of another type", "application/rss+xml", "text/html"),
    FaultyFeed("podcast.locked", "locked: true", ">yes</podcast:locked>", ">true</podcast:locked>"),
    FaultyFeed("podcast.medium", "a medium that is none", ">podcast</podcast:medium>", ">radio</podcast:medium>"),
    FaultyFeed("podcast.block", "block: 1", "<podcast:medium>", "<podcast:block>1</podcast:block><podcast:medium>"),
    FaultyFeed("podcast.person", "a person without a name", "<podcast:medium>", "<podcast:person/><podcast:medium>"),
    FaultyFeed(
      "podcast.funding", "a long call for funds", "<podcast:medium>",
      "<podcast:funding url=\"https://example.org\">\(String(repeating: "a", count: 129))</podcast:funding><podcast:medium>"
    ),
    FaultyFeed(
      "podcast.txt", "a long text", "<podcast:medium>",
      "<podcast:txt>\(String(repeating: "a", count: 4_001))</podcast:txt><podcast:medium>"),
  ]

  private static let episodes: [FaultyFeed] = [
    FaultyFeed("rss.guid-permalink", "a guid that says it is an address", " isPermaLink=\"false\"", ""),
    FaultyFeed("rss.tag-twice", "two sounds", "<pubDate>", "<enclosure url=\"https://example.org/a.mp3\"/><pubDate>"),
    FaultyFeed("apple.enclosure-length", "a length in words", "length=\"43200896\" type", "length=\"43 MB\" type"),
    FaultyFeed("apple.enclosure", "no sound", "<enclosure url", "<enclosure href"),
    FaultyFeed("apple.enclosure-length", "no bytes", "length=\"43200896\" type", "length=\"0\" type"),
    FaultyFeed("apple.duration", "minutes in words", ">3600</itunes:duration>", ">60 min</itunes:duration>"),
    FaultyFeed("apple.duration", "61 seconds to a minute", ">3600</itunes:duration>", ">59:61</itunes:duration>"),
    FaultyFeed("apple.episode-number", "an episode 42b", ">42</itunes:episode>", ">42b</itunes:episode>"),
    FaultyFeed("apple.episode-type", "an episode type that is none", ">bonus<", ">extra<"),
  ]

  private static let namespace: [FaultyFeed] = [
    FaultyFeed("podcast.transcript-type", "a transcript of no type", " type=\"text/vtt\"", ""),
    FaultyFeed("rss.address", "a transcript without an address", "<podcast:transcript url", "<podcast:transcript href"),
    FaultyFeed("podcast.chapters-type", "chapters in XML", "application/json+chapters", "text/xml"),
    FaultyFeed("podcast.season", "a season in words", ">3</podcast:season>", ">trois</podcast:season>"),
    FaultyFeed("podcast.episode", "an episode in words", ">42</podcast:episode>", ">42e</podcast:episode>"),
    FaultyFeed(
      "podcast.alternate-type", "an alternate of no type", "alternateEnclosure type=\"audio/mpeg\"",
      "alternateEnclosure"),
    FaultyFeed("podcast.alternate-source", "an alternate without a source", "podcast:source uri", "podcast:origin uri"),
    FaultyFeed(
      "podcast.alternate-length", "an alternate of no bytes", "length=\"43200896\" default", "length=\"-1\" default"),
    FaultyFeed("podcast.integrity", "a digest that is too short", "value=\"sha256-", "value=\"sha512-"),
  ]

  private static let privacy: [FaultyFeed] = [
    FaultyFeed("house.private-block", "not blocked", "<itunes:block>Yes</itunes:block>", "", for: .invited),
    FaultyFeed(
      "house.private-block", "not blocked for Podcasting 2.0", "<podcast:block>yes</podcast:block>", "", for: .invited),
    FaultyFeed("house.private-locked", "not locked", ">yes</podcast:locked>", ">no</podcast:locked>", for: .invited),
    FaultyFeed(
      "house.private-email", "the owner's address", "<itunes:block>",
      "<itunes:owner><itunes:email>a@example.org</itunes:email></itunes:owner><itunes:block>", for: .invited),
    FaultyFeed(
      "house.private-email", "an address for unlocking", "<podcast:locked",
      "<podcast:locked owner=\"a@example.org\"", for: .invited),
    FaultyFeed(
      "house.private-guid", "the guid of the public show", "<podcast:block>",
      "<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid><podcast:block>", for: .invited),
    FaultyFeed(
      "house.private-self", "the public address", "<itunes:block>",
      "<atom:link rel=\"self\" href=\"https://podcast.example.org/feed.xml\"/><itunes:block>", for: .invited),
  ]
}
