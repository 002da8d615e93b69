import Encode
import Foundation
import Ingest
import Publish
import ShowFolder
import ShowModel

/// What pages and feeds are made of, whoever they are for: pictures, chapters and transcripts of a show's folder, under
/// names that change with them.
struct ShowMaterial {
  private let folder: ShowFolder
  private let show: Show

  init(_ folder: ShowFolder, _ show: Show) { (self.folder, self.show) = (folder, show) }

  /// Its files are named by their paths; its page and its sound have no address yet.
  func item(_ episode: Episode, _ publication: Publication, _ sound: Publication.Revision) throws -> FeedItem {
    var item = FeedItem(
      episode: episode, guid: publication.guid, published: episode.date ?? publication.published,
      enclosure: FeedItem.Enclosure(address: "", byteCount: sound.byteCount, digest: sound.digest),
      milliseconds: sound.milliseconds, page: "")
    item.artwork = try artwork(of: episode)?.path
    item.chapters = try chapters(episode)?.path
    item.transcript = try transcript(episode).map { FeedItem.Transcript(address: $0.file.path, type: $0.type) }
    return item
  }

  /// All that belongs to an episode, but its sound.
  func files(of episode: Episode) throws -> [SiteFile] {
    try [artwork(of: episode), chapters(episode), transcript(episode)?.file].compactMap { $0 }
  }

  private func artwork(of episode: Episode) throws -> SiteFile? {
    try episode.artwork.map { try artwork("\(folder.folder(of: episode.slug))/\($0)") }
  }

  var showArtwork: SiteFile { get throws { try artwork("\(folder.path)/\(show.artwork)") } }

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
