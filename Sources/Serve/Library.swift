import Foundation
import ShowModel
import Store

/// Finds what an address stands for: the catalogue decides, and only then a file is opened.
///
/// All of it blocks: it is called on threads that may.
struct Library: Sendable {
  enum Finding: Sendable {
    case found(Representation)
    case moved(String)
    case gone
    case unknown
    /// Gone or unknown, and a page that says so to a person.
    indirect case explained(Finding, page: [UInt8])
    /// It should be there, and is not, or not as it should be: a command may be writing it at this moment.
    case missing
    case healthy

    /// Where a web server in front sends the sound.
    var asFrontKnowsIt: Finding {
      guard case .found(let sound) = self else { return self }
      return .found(sound.asFrontKnowsIt())
    }
  }

  private let catalogue: Catalogue
  private let folder: SiteFolder
  private let known = KnownFiles()
  let links: PrivateLibrary

  init(_ catalogue: Catalogue, _ folder: SiteFolder, _ place: PrivatePlace) {
    (self.catalogue, self.folder) = (catalogue, folder)
    links = PrivateLibrary(catalogue, place)
  }

  /// Another one after each change that decides who may hear what.
  func lastChange() throws -> Catalogue.Change { try catalogue.lastChange() }

  /// - Throws: `StoreError`, `ServeError`: then nobody gets anything.
  func find(_ address: SiteAddress, _ asker: Asker, acceptsGzip: Bool) throws -> Finding {
    switch address {
    case .health:
      _ = try catalogue.publication(of: "")
      return .healthy
    case .ofLink(let address):
      return try links.find(address, asker, acceptsGzip: acceptsGzip)
    case .check: return .unknown
    case .unknown: return explained(.unknown)
    case .file(let path): return try file(path, acceptsGzip: acceptsGzip)
    case .picture(let path, let digest): return try content(path, digest)
    case .text(let slug, let path, let digest): return try page(slug) ?? content(path, digest)
    case .page(let slug): return try explained(page(slug) ?? file("episodes/\(slug)/index.html", acceptsGzip: false))
    case .pageFolder(let slug): return try explained(page(slug) ?? .moved("/episodes/\(slug)/"))
    case .sound(let slug, let path): return try sound(path, of: slug, asker)
    }
  }

  /// - Returns: nil where the page may be seen.
  private func page(_ slug: String) throws -> Finding? {
    switch try Verdict.onPage(of: slug, catalogue) {
    case .open: nil
    case .gone: .gone
    case .unknown: .unknown
    }
  }

  /// Where a person may have come to, who follows an old link or has mistyped one. If there is nothing to make a page of,
  /// the answer is the same without.
  private func explained(_ finding: Finding) -> Finding {
    switch finding {
    case .gone: (try? links.pages()).map { .explained(finding, page: $0.withdrawn()) } ?? finding
    case .unknown: (try? links.pages()).map { .explained(finding, page: $0.unknown()) } ?? finding
    default: finding
    }
  }

  private func file(_ path: String, acceptsGzip: Bool) throws -> Finding {
    guard let file = try text(path) else { return .unknown }
    let digest = try known.digest(of: file)
    let isFeed = path.hasSuffix(".xml")
    guard isFeed, acceptsGzip else { return .found(Representation(file, path, digest, varies: isFeed)) }
    return .found(
      Representation(
        content: .bytes(try known.compressed(file)), type: Representation.type(of: path), tag: "\"\(digest)-gzip\"",
        modified: file.state.modified, isCompressed: true, varies: true))
  }

  private func content(_ path: String, _ digest: String) throws -> Finding {
    guard let file = try text(path) else { return .unknown }
    let whole = try known.digest(of: file)
    guard whole.hasPrefix(digest) else { return .unknown }
    return .found(Representation(file, path, whole))
  }

  private func text(_ path: String) throws -> OpenedFile? {
    guard let file = try folder.open(path), file.state.size <= Limits.textBytes else { return nil }
    return file
  }

  private func sound(_ path: String, of slug: String, _ asker: Asker) throws -> Finding {
    switch try Verdict.onSound(path, of: slug, catalogue) {
    case .gone: return .gone
    case .unknown: return .unknown
    case .open(let revision):
      guard let file = try folder.open(path), file.state.size == revision.byteCount else { return .missing }
      let facts = try known.facts(of: file)
      guard facts.digest == revision.digest else { return .missing }
      var sound = Representation(file, revision)
      sound.download = Download(revision, of: slug, by: nil, asker, tagBytes: facts.tagBytes)
      return .found(sound)
    }
  }
}
