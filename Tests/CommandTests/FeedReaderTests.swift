import Foundation
import TestSupport
import Testing

/// Readers of feeds that many apps are made of.
@Suite struct FeedReaderTests {
  /// Debian's own, which finds Debian's modules.
  private static let python = "/usr/bin/python3"
  private static let areHere = Tools.here("xmllint", "curl") && (Tools.isCI || hasModules)
  private static let hasModules =
    (try? Tool.run(python, ["-c", "import feedparser, podcastparser"]))?.status == 0

  /// An episode, as a reader understood it.
  private struct Item: Decodable, Equatable {
    let title, guid, description, url, type: String
    let length, published, duration: Int
  }

  private static let script = """
    import calendar, feedparser, json, podcastparser, sys, urllib.request

    def plain(e):
        sound = e["enclosures"][0]
        return dict(title=e["title"], guid=e["guid"], description=e["description"], url=sound["url"],
            type=sound["mime_type"], length=sound["file_size"], published=e["published"], duration=e["total_time"])

    def atom(e):
        sound = e.enclosures[0]
        return dict(title=e.title, guid=e.id, description=e.summary, url=sound.href, type=sound.type,
            length=int(sound.length), published=calendar.timegm(e.published_parsed), duration=int(e.itunes_duration))

    url = sys.argv[1]
    with urllib.request.urlopen(url) as feed:
        print(json.dumps([
            [plain(e) for e in podcastparser.parse(url, feed)["episodes"]],
            [atom(e) for e in feedparser.parse(url, sanitize_html=False, resolve_relative_uris=False).entries]]))
    """

  @Test(
    "podcastparser and feedparser read every text, address, size and date as it is; xmllint finds no fault",
    .enabled(if: areHere))
  func reading() async throws {
    let served = try await ServedShow()
    for feed in [served.feed, try served.grant("--feed") + "feed.xml"] {
      let ended = try Tool.run(Self.python, ["-c", Self.script, feed])
      let readers = try JSONDecoder().decode([[Item]].self, from: Data(ended.output))
      let folder = served.show.command.folder
      try folder.write(served.show.curl(feed), "feed.xml")
      try folder.run("xmllint", "--noout", "feed.xml")
      let written = try #require(folder.text("feed.xml"))
      for items in readers {
        #expect(items.count == (feed == served.feed ? 1 : 2))
        let item = try #require(items.first { $0.title == ServedShow.title })
        #expect(item.description == ServedShow.description)
        // 24 November 2026, 8:00 in Paris.
        #expect(item.published == 1_795_503_600 && item.duration == 2 && item.type == "audio/mpeg")
        #expect(written.contains("<guid isPermaLink=\"false\">\(item.guid)</guid>"))
        #expect(try served.show.curl("-o", "sound.mp3", "-w", "%{size_download}", item.url) == "\(item.length)")
      }
      #expect(readers.map { $0.map(\.guid) }[0] == readers.map { $0.map(\.guid) }[1])
    }
    try served.end()
  }
}
