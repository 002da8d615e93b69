import Foundation
import Publish
import ShowModel
import TestSupport
import Testing

@Suite struct FeedTests {
  @Test(
    "the sample's feeds come out byte for byte, and pass the gate",
    arguments: [
      ("public.xml", Audience.everybody, Sample.publicFeed.xml()),
      ("private.xml", .invited, Sample.privateEdition.feed()),
    ])
  func golden(name: String, audience: Audience, feed: [UInt8]) throws {
    let text = String(decoding: feed, as: UTF8.self)
    #expect(try Golden.text("../../Feeds/\(name)", now: text) == text)
    #expect(FeedCheck.faults(in: feed, for: audience) == [])
  }

  @Test("the sample's feeds pass the gate")
  func gate() {
    for feed in [Sample.publicFeed, Sample.privateFeed] { #expect(Sample.gate(feed).faults() == []) }
  }

  @Test("a private feed holds neither the owner's address nor what the public show is known by")
  func privateFeed() throws {
    let text = String(decoding: Sample.privateFeed.xml(), as: UTF8.self)
    for word in [Sample.email, "podcast:guid", "itunes:owner", "rel=\"self\"", try #require(Sample.show.guid)] {
      #expect(!text.contains(word))
    }
  }

  @Test("the order of the values is no matter: the newest episode is first")
  func order() {
    var feed = Sample.publicFeed
    let bytes = feed.xml()
    feed.items.reverse()
    #expect(feed.xml() == bytes)
    #expect(feed.sortedItems.map(\.episode.slug) == ["042-reseau", "041-questions", "000-bande-annonce"])
  }

  @Test("the guid of a show follows from its address, without scheme and slashes at the end")
  func guid() {
    for address in ["https://podnews.net/rss", "http://podnews.net/rss//", "podnews.net/rss"] {
      #expect(ShowGUID.of(feedAddress: address) == "9b024349-ccf0-5f69-a609-6b82873eab3c")
    }
  }

  @Test("a feed of 5,000 episodes is read back whole, with every text and address in its place")
  func many() throws {
    let feed = Many.feed(5_000)
    let items = try ReadBack.elements("item", in: feed.xml())
    #expect(items.count == 5_000)
    for (read, written) in zip(items, feed.sortedItems) {
      #expect(read["title"] == written.episode.title && read["description"] == written.episode.description)
      #expect(read["guid"] == written.guid && read["enclosure@url"] == written.enclosure.address)
    }
    #expect(Gate(Many.feed(200), artwork: Sample.picture("artwork.jpg")).faults() == [])
  }
}

/// A long-lived show.
enum Many {
  static func feed(_ count: Int) -> Feed {
    var feed = Sample.publicFeed
    feed.items = (1...count).map { number in
      var item = feed.items[1]
      item.episode.title = "Épisode \(number) : « questions » & <réponses>"
      item.episode.description = String(repeating: "Ce qui se passe sur le réseau & ailleurs. ", count: 20)
      item.episode.slug = "e\(number)"
      item.guid = "guid-\(number)"
      item.published = Date(timeIntervalSince1970: Double(number) * 86_400)
      item.enclosure.address = "https://podcast.example.org/e\(number).mp3"
      item.page = "https://podcast.example.org/e\(number)/"
      return item
    }
    return feed
  }
}
