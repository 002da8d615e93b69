import Encode
import Foundation
import Ingest
import Publish
import ShowFolder
import ShowModel
import Store

/// The show as everybody may see it: `public/`, made of what is published. It can be made anew at any time.
struct PublicSite {
  private let folder: ShowFolder
  private let show: Show
  /// Heard by everybody, now.
  let publications: [Publication]
  private let episodes: [String: Episode]
  private let material: ShowMaterial

  /// - Parameter publications: of any audience and state; what everybody may hear is taken.
  init(_ folder: ShowFolder, _ show: Show, _ publications: [Publication]) throws {
    (self.folder, self.show) = (folder, show)
    material = ShowMaterial(folder, show)
    self.publications = publications.filter(\.isHeardByEverybody)
    episodes = try Dictionary(
      uniqueKeysWithValues: self.publications.map { ($0.slug, try folder.published($0.slug)) })
  }

  // MARK: What it says

  func feed() throws -> Feed {
    let items = try publications.compactMap(item)
    let address = "\(show.address)/feed.xml"
    let updated = publications.compactMap { $0.current?.published }.max() ?? Date(timeIntervalSince1970: 0)
    return Feed(
      show: show, items: items, address: address, artwork: self.address(of: try material.showArtwork.path),
      guid: show.guid ?? ShowGUID.of(feedAddress: address), audience: .everybody, updated: updated)
  }

  /// - Parameter isTrial: whether this computer's own addresses are let through.
  func gate(isTrial: Bool = false) throws -> Gate {
    var pictures: [String: ArtworkFacts] = [:]
    for episode in episodes.values {
      guard let name = episode.artwork else { continue }
      let path = "\(folder.folder(of: episode.slug))/\(name)"
      pictures[episode.slug] = ArtworkFacts(try Artwork(path: path), place: Place(file: path))
    }
    let path = "\(folder.path)/\(show.artwork)"
    return Gate(
      try feed(), artwork: ArtworkFacts(try Artwork(path: path), place: Place(file: path)), pictures: pictures,
      isTrial: isTrial)
  }

  private func item(_ publication: Publication) throws -> FeedItem? {
    guard let episode = episodes[publication.slug], let sound = publication.current else { return nil }
    return try material.item(episode, publication, sound).located(
      page: address(of: "episodes/\(episode.slug)/"), sound: address(of: sound.path(publication.slug)), file: address)
  }

  private func address(of path: String) -> String { "\(show.address)/\(path)" }

  // MARK: What is in it

  /// All files but the sound, smallest first to be missed: the feed comes last.
  func files() throws -> [SiteFile] {
    let feed = try feed()
    let pages = SitePages(feed)
    var files = [try material.showArtwork, SiteFile("robots.txt", Array("User-agent: *\nDisallow: /p/\n".utf8))]
    for episode in episodes.values.sorted(by: { $0.slug < $1.slug }) { files += try material.files(of: episode) }
    for item in feed.items {
      files.append(SiteFile("episodes/\(item.episode.slug)/index.html", pages.episode(item)))
    }
    return files + [SiteFile("index.html", pages.index()), SiteFile("feed.xml", feed.xml())]
  }

  /// Where each sound that is heard now comes from, and where it goes.
  var sounds: [(digest: String, path: String)] {
    publications.compactMap { publication in
      publication.current.map { ($0.digest, $0.path(publication.slug)) }
    }
  }
}
