import Foundation
import HTTPTypes
import Publish
import ShowModel
import Store

/// A private link as a listener has it.
struct GivenLink {
  let token: LinkToken
  var page: String { "/p/\(token.text)/" }
  var feed: String { "\(page)feed.xml" }
}

extension SmallShow {
  static let address = "https://podcast.example.org"

  /// As `publish` of the program does: the MP3, what is on the shelf, and the catalogue; everybody else sees nothing.
  /// - Returns: the revision that is heard now.
  @discardableResult
  func invite(to slug: String, _ bytes: [UInt8], milliseconds: Int64 = 1_000) throws -> Publication.Revision {
    let build = Build(
      slug: slug, soundDigest: "1", rangesDigest: "2", settingsDigest: "3", digest: Self.digest(bytes),
      byteCount: Int64(bytes.count), milliseconds: milliseconds, date: Self.day)
    let (publication, _) = try catalogue.publish(build, guid: slug, to: .invited, at: Self.day)
    try folder.write(bytes, ".podcast/builds/\(build.digest).mp3")
    try writeShelf()
    return publication.revisions[publication.revisions.count - 1]
  }

  /// With a picture and a transcript for each episode.
  func writeShelf() throws {
    let picture = try shelve("P", "art", "png")
    let items = try catalogue.publications().compactMap { publication -> FeedItem? in
      guard let sound = publication.current else { return nil }
      var item = FeedItem(
        episode: Episode(
          slug: publication.slug, title: "Titre de \(publication.slug) & <suite>", description: "On se parle.",
          sound: "secret-dupont.wav", ranges: ["secret-dupont.csv"], place: Place(file: "episode.yaml")),
        guid: publication.guid, published: Self.day,
        enclosure: FeedItem.Enclosure(address: "", byteCount: sound.byteCount, digest: sound.digest),
        milliseconds: sound.milliseconds, page: "")
      let text = try shelve("WEBVTT \(publication.slug)", "text/\(publication.slug)", "vtt")
      item.transcript = FeedItem.Transcript(address: text, type: "text/vtt")
      return item
    }
    let show = Show(
      title: "Sur la ligne", description: "Le podcast.", language: "fr", author: "Le syndicat",
      email: PrivateText("owner@example.org"), categories: [Show.Category(name: "Business")], address: Self.address,
      artwork: "cover.png")
    try folder.write(Shelf(show: show, items: items, artwork: picture).bytes(), ".podcast/shelf/shelf.json")
  }

  private func shelve(_ text: String, _ place: String, _ ending: String) throws -> String {
    let path = "\(place)/\(Self.digest(Array(text.utf8)).prefix(16)).\(ending)"
    try folder.write(text, ".podcast/shelf/\(path)")
    return path
  }

  func grant(
    _ scope: PrivateLink.Scope, expires: Date? = nil, maxDownloads: Int? = nil
  ) throws -> GivenLink {
    let token = LinkToken()
    let link = PrivateLink(
      id: token.id, scope: scope, name: PrivateText("technicien 7"), granted: Self.day, expires: expires,
      maxDownloads: maxDownloads)
    try catalogue.grant(link, tokenDigest: token.digest)
    return GivenLink(token: token)
  }

  func sound(_ link: GivenLink, _ slug: String, _ revision: Publication.Revision) -> String {
    "/p/\(DerivedToken.text(id: link.token.id, slug: slug, revision: revision.digest, key: key))/\(slug).mp3"
  }
}
