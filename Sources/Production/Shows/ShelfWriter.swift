import Foundation
import Publish
import ShowFolder
import ShowModel

/// Writes what the server makes private pages and feeds of, in `.podcast/shelf/`: all that anybody may hear, but the sound.
struct ShelfWriter {
  private let folder: ShowFolder
  private let shelf: Shelf
  private let files: [SiteFile]

  /// - Parameter publications: of any audience and state; what is heard now is taken.
  init(_ folder: ShowFolder, _ show: Show, _ publications: [Publication]) throws {
    self.folder = folder
    let material = ShowMaterial(folder, show)
    var (items, files): ([FeedItem], [SiteFile]) = ([], [try material.showArtwork])
    for publication in publications {
      guard let sound = publication.current else { continue }
      let episode = try folder.published(publication.slug)
      var item = try material.item(episode, publication, sound)
      // Names of recordings and lists may name people, and no page needs them.
      (item.episode.sound, item.episode.ranges) = ("", [])
      items.append(item)
      files += try material.files(of: episode)
    }
    shelf = Shelf(show: show, items: items, artwork: files[0].path)
    self.files = files
  }

  func write() throws {
    try ShowFolder.makePrivate(folder.shelf)
    try SiteWriter.remove(from: folder.shelf, below: ["art", "text"], besides: files.map(\.path))
    for file in files { try file.write(below: folder.shelf) }
    try SiteFile(Shelf.name, shelf.bytes()).write(below: folder.shelf)
  }

  /// Needs nothing but what the catalogue says and the shelf as it was. Episodes that changed in anything but their sound
  /// stay on it as they were.
  /// - Parameter publications: of any audience and state.
  static func removeGone(from folder: ShowFolder, besides publications: [Publication]) throws {
    let old = FileManager.default.contents(atPath: "\(folder.shelf)/\(Shelf.name)")
      .flatMap { try? Shelf(bytes: [UInt8]($0)) }
    let pairs = publications.compactMap { publication in publication.current.map { (publication.slug, $0.digest) } }
    let heard = Dictionary(uniqueKeysWithValues: pairs)
    let items = old?.items.filter { heard[$0.episode.slug] == $0.enclosure.digest } ?? []
    let files = items.flatMap { [$0.artwork, $0.chapters, $0.transcript?.address] } + [old?.artwork]
    try SiteWriter.remove(from: folder.shelf, below: ["art", "text"], besides: files.compactMap { $0 })
    guard let old else { return }
    let shelf = Shelf(show: old.show, items: items, artwork: old.artwork)
    try SiteFile(Shelf.name, shelf.bytes()).write(below: folder.shelf)
  }
}
