import Foundation
import Publish
import ShowFolder
import ShowModel
import TestSupport
import Testing

@Suite struct GateTests {
  @Test("every faulty show is refused with its rule named, and nothing else is said of it")
  func shows() throws {
    for faulty in FaultyShow.all {
      let rules = Set(faulty.gate.faults().map(\.rule))
      #expect(rules == [faulty.rule], "\(faulty.what)")
    }
  }

  @Test("every faulty feed is refused with its rule named, and nothing else is said of it")
  func feeds() throws {
    for faulty in FaultyFeed.all {
      let bytes = try #require(faulty.bytes, "\(faulty.what)")
      let rules = Set(FeedCheck.faults(in: bytes, for: faulty.audience).map(\.rule))
      #expect(rules == [faulty.rule], "\(faulty.what)")
    }
  }

  @Test("what is said of each fault is what it was")
  func words() throws {
    let shows = FaultyShow.all.map { (what: $0.what, faults: $0.gate.faults()) }
    let feeds = FaultyFeed.all.map { (what: $0.what, faults: FeedCheck.faults(in: $0.bytes ?? [], for: $0.audience)) }
    let text = (shows + feeds).map { faulty in
      "\(faulty.what)\n" + faulty.faults.map { "  \($0)\n" }.joined()
    }.joined(separator: "\n")
    #expect(try Golden.text("Goldens/faults.txt", now: text) == text)
    #expect(shows.count + feeds.count >= 100)
  }

  @Test("every rule has a show or a feed that it refuses")
  func coverage() {
    let refused = Set(FaultyShow.all.map(\.rule) + FaultyFeed.all.map(\.rule))
    #expect(Gate.rules.filter { !refused.contains($0) } == ["house.size"])
    #expect(Set(Gate.rules).count == Gate.rules.count)
  }

  @Test("all faults are reported, each with the file it is in")
  func many() throws {
    var gate = Sample.gate(Sample.publicFeed)
    gate.feed.show.language = "français"
    gate.feed.items[0].milliseconds = 0
    gate.feed.items[2].episode.title = ""
    gate.artwork?.isRGB = false
    let faults = gate.faults()
    #expect(
      faults.map(\.rule) == ["apple.language-code", "apple.episode-title", "apple.duration", "apple.artwork-colours"])
    let files = [
      "show.yaml", "episodes/042-reseau/episode.yaml", "episodes/000-bande-annonce/episode.yaml", "artwork.jpg",
    ]
    #expect(faults.map(\.place?.file) == files)
    let error = #expect(throws: PublishError.self) { try gate.pass() }
    #expect(error?.faults == faults)
    for fault in faults { #expect(try #require(error).description.contains(fault.description)) }
  }

  @Test("a fault of a feed says the line")
  func lines() throws {
    let feed = try #require(FaultyFeed.all.first { $0.rule == "apple.episode-type" }?.bytes)
    let lines = String(decoding: feed, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains(">extra<") }) + 1
    let places = FeedCheck.faults(in: feed, for: .everybody, name: "f.xml").map(\.place)
    #expect(places == [Place(file: "f.xml", line: line)])
  }

  @Test("what a new show's files say by themselves is refused, in both languages", arguments: ["fr", "en"])
  func templates(language: String) throws {
    let folder = try Folder()
    _ = try NewShow(title: "Essai", language: language, address: "https://podcast.example.org").write(to: folder.path)
    var gate = Sample.gate(Sample.publicFeed)
    gate.feed.show = try ShowFolder(folder.path).show()
    let slug = language == "fr" ? "001-bienvenue" : "001-welcome"
    gate.feed.items = [gate.feed.items[1]]
    gate.feed.items[0].episode = try ShowFolder(folder.path).episode(slug)
    #expect(gate.faults().map(\.rule) == ["house.template", "house.template"])
  }

  @Test("no fault shows an address, a title or an e-mail address")
  func privacy() {
    let secrets = [Sample.token, Sample.email, "example.org", "réseau :", "secret@", "anne:"]
    let faults =
      FaultyShow.all.flatMap { $0.gate.faults() }
      + FaultyFeed.all.flatMap {
        FeedCheck.faults(in: $0.bytes ?? [], for: $0.audience)
      }
    for fault in faults {
      for secret in secrets { #expect(!fault.description.lowercased().contains(secret)) }
    }
  }

  @Test("on trial, a feed may be on this computer; elsewhere http is refused all the same")
  func trial() {
    var gate = Sample.gate(Sample.publicFeed)
    gate.isTrial = true
    gate.feed.address = "http://127.0.0.1:8080/feed.xml"
    #expect(gate.faults() == [])
    gate.feed.address = "http://podcast.example.org/feed.xml"
    #expect(gate.faults().map(\.rule) == ["apple.https"])
  }

  @Test("a show is on trial where its address is this computer's, and nowhere else")
  func trialAddress() {
    var show = Sample.show
    let addresses = [
      "http://127.0.0.1:8080": true, "http://localhost": true, "http://[::1]:80/x": true,
      "https://podcast.example.org": false, "http://127.example.org": false, "http://192.168.1.7": false,
      "http://localhost.example.org": false, "http://127.0.0.1@example.org": false,
    ]
    for (address, isTrial) in addresses {
      show.address = address
      #expect(Gate.isTrial(show) == isTrial, "\(address)")
    }
  }

  @Test("every one of Apple's categories passes, with each of its subcategories")
  func categories() {
    #expect(AppleCategories.subcategories.count == 19)
    for (name, subcategories) in AppleCategories.subcategories {
      var gate = Sample.gate(Sample.publicFeed)
      gate.feed.show.categories = ([nil] + subcategories).map { Show.Category(name: name, subcategory: $0) }
      #expect(gate.faults() == [])
    }
  }

  @Test("any bytes at all are judged, and none that are broken pass")
  func hostile() {
    let feed = Sample.publicFeed.xml()
    for end in stride(from: 0, to: feed.count - 8, by: 61) {
      #expect(!FeedCheck.faults(in: Array(feed[..<end]), for: .everybody).isEmpty)
    }
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(FeedCheck.faults(in: Array(deep.utf8), for: .everybody).map(\.rule) == ["rss.xml"])
    var random = Seeded(6)
    for _ in 0..<200 {
      var bytes = feed
      for _ in 0..<8 {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = FeedCheck.faults(in: bytes, for: .everybody)
    }
  }
}
