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
      let episode = try folder.episode(publication.slug)
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
}
