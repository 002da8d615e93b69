import Foundation
import Publish
import ShowModel

/// A show that has one thing wrong, and the rule that says so.
struct FaultyShow: Sendable {
  let rule: String
  let what: String
  let audience: Audience
  let change: @Sendable (inout Gate) -> Void

  init(
    _ rule: String, _ what: String, _ audience: Audience = .everybody, change: @escaping @Sendable (inout Gate) -> Void
  ) {
    (self.rule, self.what, self.audience, self.change) = (rule, what, audience, change)
  }

  var gate: Gate {
    var gate = Sample.gate(audience == .everybody ? Sample.publicFeed : Sample.privateFeed)
    change(&gate)
    return gate
  }

  static let all = [shows, addresses, episodes, pictures, privacy].flatMap { $0 }

  private static let shows: [FaultyShow] = [
    FaultyShow("apple.title", "no title") { $0.feed.show.title = " " },
    FaultyShow("apple.title-markup", "HTML in the title") { $0.feed.show.title = "Réseau <b>ouvert</b>" },
    FaultyShow("rss.description", "no description") { $0.feed.show.description = "" },
    FaultyShow("apple.description-length", "4,001 bytes of description") {
      $0.feed.show.description = String(repeating: "é", count: 2_000) + "a"
    },
    FaultyShow("house.template", "the description of the template") {
      $0.feed.show.description = "Dites ici de quoi parle votre émission.\n"
    },
    FaultyShow("house.control-character", "a control character in the author") { $0.feed.show.author = "Section\u{8}" },
    FaultyShow("house.control-character", "two lines in the title") { $0.feed.show.title = "Réseau\nouvert" },
    FaultyShow("apple.language", "no language") { $0.feed.show.language = "" },
    FaultyShow("apple.language-code", "a language by its name") { $0.feed.show.language = "français" },
    FaultyShow("apple.language-code", "a language that is none") { $0.feed.show.language = "xx" },
    FaultyShow("apple.language-code", "a region that is none") { $0.feed.show.language = "fr_FR" },
    FaultyShow("apple.author", "no author") { $0.feed.show.author = "" },
    FaultyShow("house.email", "an e-mail address as the author") { $0.feed.show.author = "Anne <a@example.org>" },
    FaultyShow("apple.owner-email", "an owner without a mailbox") { $0.feed.show.email = PrivateText("example.org") },
    FaultyShow("apple.category", "no category") { $0.feed.show.categories = [] },
    FaultyShow("apple.category-name", "a category in French") {
      $0.feed.show.categories = [Show.Category(name: "Économie")]
    },
    FaultyShow("apple.category-name", "a category in lower case") {
      $0.feed.show.categories = [Show.Category(name: "business", subcategory: "Careers")]
    },
    FaultyShow("apple.subcategory-name", "a subcategory of another category") {
      $0.feed.show.categories = [Show.Category(name: "Technology", subcategory: "Careers")]
    },
    FaultyShow("podcast.guid", "a guid that is no UUID") { $0.feed.guid = "reseau-ouvert" },
  ]

  private static let addresses: [FaultyShow] = [
    FaultyShow("rss.link", "no address") { $0.feed.show.address = "" },
    FaultyShow("rss.address", "a website without https://") { $0.feed.show.website = "example.org/emission" },
    FaultyShow("apple.artwork", "no picture") { $0.feed.artwork = "" },
    FaultyShow("apple.https", "a feed over http") { $0.feed.address = "http://podcast.example.org/feed.xml" },
    FaultyShow("house.host", "a feed at home") { $0.feed.address = "https://192.168.1.20/feed.xml" },
    FaultyShow("house.host", "a feed on this computer") { $0.feed.address = "https://localhost:8080/feed.xml" },
    FaultyShow("house.login", "a password in an address") {
      $0.feed.address = "https://anne:secret@podcast.example.org/feed.xml"
    },
    FaultyShow("psp1.self", "no address of the feed") { $0.feed.address = nil },
    FaultyShow("apple.ascii-address", "an address with an accent") {
      $0.feed.items[0].enclosure.address = "https://podcast.example.org/réseau.mp3"
    },
    FaultyShow("rss.address", "an address with a space") {
      $0.feed.items[0].enclosure.address = "https://podcast.example.org/le reseau.mp3"
    },
    FaultyShow("rss.address", "a path as a page") { $0.feed.items[0].page = "/042-reseau/" },
    FaultyShow("apple.https", "a transcript over http") {
      $0.feed.items[2].transcript?.address = "http://podcast.example.org/042.vtt"
    },
  ]

  private static let episodes: [FaultyShow] = [
    FaultyShow("apple.episode-title", "no title of an episode") { $0.feed.items[0].episode.title = "" },
    FaultyShow("house.file-name", "a file as a title") { $0.feed.items[0].episode.title = "episode 42 v2.MP3" },
    FaultyShow("house.file-name", "a folder as a title") { $0.feed.items[2].episode.title = "042-Reseau" },
    FaultyShow("house.email", "an e-mail address in a title") { $0.feed.items[0].episode.title = "a.b@example.org" },
    FaultyShow("house.template", "an episode's description of the template") {
      $0.feed.items[1].episode.description = "Say here what this episode is about."
    },
    FaultyShow("apple.description-length", "long notes of an episode") {
      $0.feed.items[1].episode.description = String(repeating: "&", count: 4_001)
    },
    FaultyShow("house.control-character", "a control character in notes") {
      $0.feed.items[1].episode.description = "a\u{0}b"
    },
    FaultyShow("apple.guid", "no guid") { $0.feed.items[0].guid = "" },
    FaultyShow("rss.guid-twice", "a guid twice") { $0.feed.items[0].guid = $0.feed.items[1].guid },
    FaultyShow("house.sound-twice", "a sound twice") {
      $0.feed.items[0].enclosure.address = $0.feed.items[1].enclosure.address
    },
    FaultyShow("apple.enclosure-type", "a type that nothing plays") { $0.feed.items[0].enclosure.type = "audio/mp3" },
    FaultyShow("apple.enclosure-extension", "an MP3 called .wav") {
      $0.feed.items[0].enclosure.address = "https://podcast.example.org/000.wav"
    },
    FaultyShow("house.digest", "no digest") { $0.feed.items[0].enclosure.digest = "" },
    FaultyShow("apple.duration", "no length") { $0.feed.items[0].milliseconds = 0 },
    FaultyShow("apple.episode-number", "number 0") { $0.feed.items[0].episode.number = 0 },
    FaultyShow("apple.season", "season -1") { $0.feed.items[0].episode.season = -1 },
    FaultyShow("apple.serial-number", "a serial show without numbers") {
      $0.feed.show.kind = .serial
      $0.feed.items[2].episode.number = nil
    },
    FaultyShow("podcast.transcript-type", "a transcript in Word") {
      $0.feed.items[2].transcript?.type = "application/msword"
    },
  ]

  private static let pictures: [FaultyShow] = [
    FaultyShow("house.artwork-missing", "a picture that is not there") { $0.artwork = nil },
    FaultyShow("house.artwork-missing", "an episode's picture that is not there") { $0.pictures = [:] },
    FaultyShow("apple.artwork-kind", "a GIF") { $0.artwork?.kind = nil },
    FaultyShow("apple.artwork-extension", "a PNG called .jpg") { $0.artwork?.kind = .png },
    FaultyShow("apple.artwork-square", "a banner") { $0.artwork?.width = 2_000 },
    FaultyShow("apple.artwork-size", "a stamp") { $0.artwork?.side = 1_399 },
    FaultyShow("apple.artwork-size", "a poster") { $0.artwork?.side = 3_001 },
    FaultyShow("apple.artwork-colours", "a picture for print") { $0.artwork?.isRGB = false },
    FaultyShow("apple.artwork-size", "an episode's stamp") {
      $0.pictures["042-reseau"]?.side = 600
    },
  ]

  private static let privacy: [FaultyShow] = [
    FaultyShow("house.public-address", "a private sound in the public feed") {
      $0.feed.items[0].enclosure.address = "https://podcast.example.org/p/\(Sample.token)/000.mp3"
    },
    FaultyShow("house.public-address", "a private feed as the public one's address") {
      $0.feed.address = "https://podcast.example.org/p/\(Sample.token)/feed.xml"
    },
    FaultyShow("house.private-self", "the public address in a private feed", .invited) {
      $0.feed.address = "https://podcast.example.org/feed.xml"
    },
    FaultyShow("house.private-address", "a public sound in a private feed", .invited) {
      $0.feed.items[0].enclosure.address = "https://podcast.example.org/000.mp3"
    },
    FaultyShow("apple.https", "a private sound over http", .invited) {
      $0.feed.items[0].enclosure.address = "http://podcast.example.org/p/\(Sample.token)/000.mp3"
    },
  ]
}

extension ArtworkFacts {
  /// Of a square, in pixels.
  fileprivate var side: Int {
    get { width }
    set { (width, height) = (newValue, newValue) }
  }
}
