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

  /// - Parameter publications: of any audience and state; what everybody may hear is taken.
  init(_ folder: ShowFolder, _ show: Show, _ publications: [Publication]) throws {
    (self.folder, self.show) = (folder, show)
    self.publications = publications.filter(\.isHeardByEverybody)
    episodes = try Dictionary(
      uniqueKeysWithValues: self.publications.map { ($0.slug, try folder.episode($0.slug)) })
  }

  // MARK: What it says

  func feed() throws -> Feed {
    let items = try publications.compactMap(item)
    let address = "\(show.address)/feed.xml"
    let updated = publications.compactMap { $0.current?.published }.max() ?? Date(timeIntervalSince1970: 0)
    return Feed(
      show: show, items: items, address: address, artwork: self.address(of: try showArtwork),
      guid: show.guid ?? ShowGUID.of(feedAddress: address), audience: .everybody, updated: updated)
  }

  func gate() throws -> Gate {
    var pictures: [String: ArtworkFacts] = [:]
    for episode in episodes.values {
      guard let name = episode.artwork else { continue }
      let path = "\(folder.folder(of: episode.slug))/\(name)"
      pictures[episode.slug] = ArtworkFacts(try Artwork(path: path), place: Place(file: path))
    }
    let path = "\(folder.path)/\(show.artwork)"
    return Gate(
      try feed(), artwork: ArtworkFacts(try Artwork(path: path), place: Place(file: path)), pictures: pictures)
  }

  private func item(_ publication: Publication) throws -> FeedItem? {
    guard let episode = episodes[publication.slug], let sound = publication.current else { return nil }
    let enclosure = FeedItem.Enclosure(
      address: address(of: sound.path(publication.slug)), byteCount: sound.byteCount, digest: sound.digest)
    var item = FeedItem(
      episode: episode, guid: publication.guid, published: episode.date ?? publication.published,
      enclosure: enclosure, milliseconds: sound.milliseconds, page: address(of: "episodes/\(episode.slug)/"))
    item.artwork = try episode.artwork.map { address(of: try artwork("\(folder.folder(of: episode.slug))/\($0)")) }
    item.chapters = try chapters(episode).map { address(of: $0) }
    item.transcript = try transcript(episode).map { FeedItem.Transcript(address: address(of: $0.file), type: $0.type) }
    return item
  }

  private func address(of file: SiteFile) -> String { address(of: file.path) }
  private func address(of path: String) -> String { "\(show.address)/\(path)" }

  // MARK: What is in it

  /// All files but the sound, smallest first to be missed: the feed comes last.
  func files() throws -> [SiteFile] {
    let feed = try feed()
    let pages = SitePages(feed)
    var files = [try showArtwork, SiteFile("robots.txt", Array("User-agent: *\nDisallow: /p/\n".utf8))]
    for episode in episodes.values.sorted(by: { $0.slug < $1.slug }) {
      files += try [episode.artwork.map { try artwork("\(folder.folder(of: episode.slug))/\($0)") }].compactMap { $0 }
      files += try [chapters(episode), transcript(episode)?.file].compactMap { $0 }
    }
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

  private var showArtwork: SiteFile { get throws { try artwork("\(folder.path)/\(show.artwork)") } }

  /// Reduced to what draws it, under a name that changes with it: apps keep a picture as long as its address.
  private func artwork(_ path: String) throws -> SiteFile {
    let bytes = try Artwork(path: path).bytes
    let ending = PictureFacts(bytes).format == "PNG" ? "png" : "jpg"
    return SiteFile("art/\(FileDigest.sha256(bytes: bytes).prefix(16)).\(ending)", bytes)
  }

  private func chapters(_ episode: Episode) throws -> SiteFile? {
    guard let name = episode.chapters else { return nil }
    let bytes = try ChaptersJSON.bytes(ChapterFile.read(path: "\(folder.folder(of: episode.slug))/\(name)"))
    return SiteFile("text/\(episode.slug)/\(FileDigest.sha256(bytes: bytes).prefix(16)).json", bytes)
  }

  private func transcript(_ episode: Episode) throws -> (file: SiteFile, type: String)? {
    guard let name = episode.transcript else { return nil }
    let path = "\(folder.folder(of: episode.slug))/\(name)"
    let types = ["vtt": "text/vtt", "srt": "application/x-subrip", "txt": "text/plain"]
    let ending = (name as NSString).pathExtension.lowercased()
    guard let type = types[ending] else { throw ProductionError.badTranscript(path) }
    guard let bytes = FileManager.default.contents(atPath: path).map({ [UInt8]($0) }) else {
      throw ProductionError.cannotRead(path, code: FileManager.default.fileExists(atPath: path) ? EACCES : ENOENT)
    }
    guard TextFile.text(bytes) != nil else { throw ProductionError.badTranscript(path) }
    return (
      SiteFile("text/\(episode.slug)/\(FileDigest.sha256(bytes: bytes).prefix(16)).\(ending)", bytes), type
    )
  }
}

/// A file of the public site.
struct SiteFile: Hashable {
  /// Below `public/`, with slashes.
  let path: String
  let bytes: [UInt8]

  init(_ path: String, _ bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }
}

extension ProductionError.Code {
  package static let badTranscript = Self(rawValue: "bad-transcript")
}

extension ProductionError {
  static func badTranscript(_ path: String) -> ProductionError {
    ProductionError(
      .badTranscript, at: Place(file: path), problem: "this is no kind of transcript that apps read",
      remedy: "Give a file that ends in .vtt, .srt or .txt.", exit: .badData)
  }
}
