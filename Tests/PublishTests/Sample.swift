import Foundation
import Publish
import ShowModel

/// A show of three episodes, as everybody and as one invited person gets it.
enum Sample {
  static let email = "contact@example.org"
  static let token = "mfrggzdfmztwq2lknnwg23tpob"

  static let show = Show(
    title: "Réseau ouvert", description: "Ce qui se passe sur le réseau, raconté par ceux qui le réparent.",
    language: "fr", author: "Section syndicale", email: PrivateText(email),
    categories: [Show.Category(name: "Business", subcategory: "Careers"), Show.Category(name: "Technology")],
    copyright: "2026 Section syndicale", address: "https://podcast.example.org", artwork: "artwork.jpg",
    guid: "9b024349-ccf0-5f69-a609-6b82873eab3c")

  static var publicFeed: Feed {
    Feed(
      show: show, items: items(at: show.address), address: "\(show.address)/feed.xml",
      artwork: "\(show.address)/artwork.jpg", guid: show.guid, audience: .everybody, updated: date(26))
  }

  static var privateFeed: Feed {
    Feed(
      show: show, items: items(at: "\(show.address)/p/\(token)"), address: nil,
      artwork: "\(show.address)/artwork.jpg", guid: show.guid, audience: .invited, updated: date(26))
  }

  /// As the server makes it of one link, with a key and a token that stay the same.
  static var privateEdition: PrivateEdition {
    let shelf = Shelf(
      show: show, items: items(at: "").map { $0.located(page: "", sound: "") { String($0.dropFirst()) } },
      artwork: "artwork.jpg")
    let token = LinkToken("gvghgnxiri5mctkgimxr3dyhadcnidl3r2") ?? LinkToken()
    let key = LinkKey(bytes: Array(0..<32)) ?? LinkKey()
    return PrivateEdition(shelf, items: shelf.items, token: token, key: key)
  }

  static func gate(_ feed: Feed) -> Gate {
    Gate(feed, artwork: picture("artwork.jpg"), pictures: ["042-reseau": picture("episodes/042-reseau/picture.jpg")])
  }

  static func picture(_ file: String) -> ArtworkFacts {
    ArtworkFacts(
      kind: .jpeg, width: 1_400, height: 1_400, isRGB: true, byteCount: 212_000, place: Place(file: file))
  }

  /// Of November 2026, at eight in Paris.
  static func date(_ day: Int) -> Date { Date(timeIntervalSince1970: 1_793_516_400 + Double(day - 1) * 86_400) }

  private static func items(at address: String) -> [FeedItem] { [trailer(address), bonus(address), network(address)] }

  private static func trailer(_ address: String) -> FeedItem {
    let slug = "000-bande-annonce"
    return FeedItem(
      episode: Episode(
        slug: slug, title: "Bande-annonce", description: "Deux minutes pour savoir si c'est pour vous.", kind: .trailer,
        sound: "episode.wav", ranges: [], place: place(slug)),
      guid: "5b0c4c1a-0001-4000-8000-000000000000", published: date(3),
      enclosure: enclosure("\(address)/\(slug)", "0a", bytes: 1_441_000), milliseconds: 120_499,
      page: "\(address)/\(slug)/")
  }

  private static func bonus(_ address: String) -> FeedItem {
    let slug = "041-questions"
    return FeedItem(
      episode: Episode(
        slug: slug, title: "Vos questions & nos réponses",
        description: "Trois appels & trois réponses.\nEt un message.",
        kind: .bonus, isExplicit: true, sound: "episode.wav", ranges: ["r.csv"], place: place(slug)),
      guid: "5b0c4c1a-0041-4000-8000-000000000000", published: date(10),
      enclosure: enclosure("\(address)/\(slug)", "1b", bytes: 21_600_448), milliseconds: 1_800_500,
      page: "\(address)/\(slug)/")
  }

  private static func network(_ address: String) -> FeedItem {
    let slug = "042-reseau"
    return FeedItem(
      episode: Episode(
        slug: slug, title: "Le réseau : ce qui change", description: "Une panne, et ce qui vient après.", number: 42,
        season: 3, sound: "episode.wav", ranges: ["r.csv"], artwork: "picture.jpg", place: place(slug)),
      guid: "5b0c4c1a-0042-4000-8000-000000000000", published: date(24),
      enclosure: enclosure("\(address)/\(slug)", "2c", bytes: 43_200_896), milliseconds: 3_600_040,
      page: "\(address)/\(slug)/", artwork: "\(address)/\(slug).jpg", chapters: "\(address)/\(slug).json",
      transcript: FeedItem.Transcript(address: "\(address)/\(slug).vtt", type: "text/vtt"))
  }

  private static func place(_ slug: String) -> Place { Place(file: "episodes/\(slug)/episode.yaml") }

  private static func enclosure(_ address: String, _ digits: String, bytes: Int64) -> FeedItem.Enclosure {
    FeedItem.Enclosure(
      address: "\(address).mp3", byteCount: bytes, digest: String(repeating: digits, count: 32))
  }
}
