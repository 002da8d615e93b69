import Foundation
import TestSupport
import Testing

/// What people really listen with, at the addresses that the files really say.
@Suite struct ClientTests {
  private static let haveApps = Tools.here("gpo", "newsboat", "podboat", "podget", "script", "curl")

  @Test(
    "an app gets the very sound that each feed promises: of everybody's, of all episodes, and of one",
    .enabled(if: haveApps), arguments: Listener.App.allCases)
  func downloads(app: Listener.App) async throws {
    let served = try await ServedShow()
    let feeds = [served.feed, try served.grant("--feed") + "feed.xml", try served.grant("002-deux") + "feed.xml"]
    for (feed, count) in zip(feeds, [1, 2, 1]) {
      let promised = try served.promised(by: feed)
      let listener = try Listener(app)
      try listener.subscribe(to: feed)
      try listener.download()
      #expect(try listener.digests() == promised && promised.count == count)
    }
    try served.end()
  }

  @Test(
    "an app that knew of an episode gets nothing of it once it is withdrawn, or its link is revoked or has expired",
    .enabled(if: haveApps && Tools.here("faketime")), arguments: [Listener.App.gpodder, .newsboat])
  func takenBack(app: Listener.App) async throws {
    var served = try await ServedShow()
    func nothingComes(from feed: String, once takenBack: () async throws -> Void) async throws {
      let listener = try Listener(app)
      try listener.subscribe(to: feed)
      try await takenBack()
      let refusals = served.refusals
      try listener.download()
      #expect(try listener.digests() == [])
      #expect(served.refusals > refusals, "it did not even ask")
    }
    try await nothingComes(from: served.feed) { try served.takeBack("withdraw", "001-un") }
    let page = try served.grant("002-deux")
    try await nothingComes(from: page + "feed.xml") { try served.takeBack("link", "revoke", page) }
    try await nothingComes(from: served.grant("--feed", "--expires", "12h") + "feed.xml") {
      served = try await served.serveLater(by: "+13h")
    }
    try served.end()
  }

  @Test(
    "podget, subscribed in time, gets what its feeds promise, and nothing new once they are taken back",
    .enabled(if: haveApps))
  func takenBackFromPodget() async throws {
    let served = try await ServedShow()
    let page = try served.grant("--feed")
    var (listeners, had) = ([Listener](), [Set<String>]())
    for (feed, count) in [(served.feed, 1), (page + "feed.xml", 2)] {
      let listener = try Listener(.podget)
      try listener.subscribe(to: feed)
      (listeners, had) = (listeners + [listener], had + [try listener.digests()])
      #expect(try had.last == served.promised(by: feed) && had.last?.count == count)
    }
    try served.takeBack("withdraw", "001-un")
    try served.takeBack("link", "revoke", page)
    try served.coverMore(of: "002-deux")
    // There is something new, for whose link is open.
    let new = try served.promised(by: served.grant("--feed") + "feed.xml")
    #expect(new.count == 1 && had.allSatisfy { $0.isDisjoint(with: new) })
    let refusals = served.refusals
    for (listener, had) in zip(listeners, had) {
      try listener.download()
      #expect(try listener.digests() == had)
    }
    #expect(served.refusals > refusals, "it did not even ask")
    try served.end()
  }

  @Test(
    "who subscribes too late gets nothing", .enabled(if: haveApps && Tools.here("faketime")),
    arguments: Listener.App.allCases)
  func tooLate(app: Listener.App) async throws {
    var served = try await ServedShow()
    let (revoked, expiring) = (try served.grant("--feed"), try served.grant("002-deux", "--expires", "12h"))
    try served.takeBack("link", "revoke", revoked)
    try served.takeBack("withdraw", "001-un")
    served = try await served.serveLater(by: "+13h")
    for feed in [served.feed, revoked + "feed.xml", expiring + "feed.xml"] {
      let listener = try Listener(app)
      try listener.subscribe(to: feed)
      try listener.download()
      #expect(try listener.digests() == [])
    }
    try served.end()
  }
}
