import Foundation
import NIOCore
import Publish
import ShowModel
import Store

/// Finds what a private link opens, at this moment: each time the catalogue is asked, so that what was taken back is gone
/// with the next request.
///
/// All of it blocks: it is called on threads that may.
struct PrivateLibrary: Sendable {
  /// Looked for where there is no such link, so that it takes as long as where there is one.
  private static let nobody = String(repeating: "0", count: 64)

  private let catalogue: Catalogue
  private let shelf: KnownShelf
  private let files: SiteFolder
  private let builds: SiteFolder
  private let key: LinkKey
  private let known = KnownFiles()

  init(_ catalogue: Catalogue, _ place: PrivatePlace) {
    self.catalogue = catalogue
    files = SiteFolder(path: place.shelf)
    builds = SiteFolder(path: place.builds)
    shelf = KnownShelf(files)
    key = place.key
  }

  func find(_ address: PrivateAddress, _ asker: Asker, acceptsGzip: Bool) throws -> Library.Finding {
    let date = asker.date
    return switch address {
    case .request: try pages().map { .found(.page($0.form())) } ?? .unknown
    case .page(let token): try page(token, at: date)
    case .pageFolder(let token): try opened(token) == nil ? .unknown : .moved("./\(token.text)/")
    case .feed(let token): try feed(token, acceptsGzip: acceptsGzip, at: date)
    case .sound(let token, let slug): try sound(token, slug, asker)
    case .file(let token, let path): try file(token, path, at: date)
    case .unknown: .unknown
    }
  }

  /// Nil where nothing was ever published.
  func pages() throws -> RequestPages? { try shelf.current().map { RequestPages($0.show) } }

  /// - Returns: nil for a token that is none, in the same time.
  private func opened(_ token: LinkToken) throws -> PrivateLink? {
    let credential = try catalogue.credential(of: token.id)
    let isRight = token.isRight(for: credential?.tokenDigest ?? Self.nobody)
    return isRight ? credential?.link : nil
  }

  private func page(_ token: LinkToken, at date: Date) throws -> Library.Finding {
    guard let link = try opened(token) else { return .unknown }
    guard let shelf = try shelf.current() else { return .missing }
    guard link.state(at: date) == .open, let items = try items(link, shelf) else {
      return .explained(.gone, page: RequestPages(shelf.show).gone())
    }
    return .found(.page(PrivateEdition(shelf, items: items, token: token, key: key).page()))
  }

  private func feed(_ token: LinkToken, acceptsGzip: Bool, at date: Date) throws -> Library.Finding {
    guard let link = try opened(token) else { return .unknown }
    guard let shelf = try shelf.current() else { return .missing }
    guard link.state(at: date) == .open, let items = try items(link, shelf) else { return .gone }
    let xml = PrivateEdition(shelf, items: items, token: token, key: key).feed()
    let plain = Representation(made: xml, type: Representation.type(of: ".xml"), varies: true)
    return .found(acceptsGzip ? try plain.compressed() : plain)
  }

  /// What is on the shelf and is still heard.
  /// - Returns: nil where the link's one episode was withdrawn.
  private func items(_ link: PrivateLink, _ shelf: Shelf) throws -> [FeedItem]? {
    let slug = link.scope.slug
    let items = try shelf.items.filter { item in
      guard slug == nil || slug == item.episode.slug else { return false }
      return try catalogue.heard(item.episode.slug).revision?.digest == item.enclosure.digest
    }
    return slug != nil && items.isEmpty ? nil : items
  }

  private func sound(_ token: LinkToken, _ slug: String, _ asker: Asker) throws -> Library.Finding {
    let heard = try catalogue.heard(slug, through: token.id)
    let isCurrent = DerivedToken.isRight(token, slug: slug, revision: heard.revision?.digest ?? Self.nobody, key: key)
    // Also where there is no such link, so that it takes as long.
    let wasRight = try !isCurrent && wasRight(token, slug)
    guard let link = heard.link, link.scope.slug == nil || link.scope.slug == slug else { return .unknown }
    guard isCurrent, let current = heard.revision else { return wasRight ? .gone : .unknown }
    guard try mayListen(link, slug, asker) else { return .gone }
    let name = "\(current.digest).mp3"
    guard let file = try builds.open(name), file.state.size == current.byteCount else { return .missing }
    let facts = try known.facts(of: file)
    guard facts.digest == current.digest else { return .missing }
    var sound = Representation(file, current)
    sound.internalName = name
    sound.download = Download(current, of: slug, by: link, asker, tagBytes: facts.tagBytes)
    return .found(sound)
  }

  /// Whether it was the address of a revision that is not heard any more.
  private func wasRight(_ token: LinkToken, _ slug: String) throws -> Bool {
    try catalogue.publication(of: slug)?.revisions.contains {
      DerivedToken.isRight(token, slug: slug, revision: $0.digest, key: key)
    } ?? false
  }

  /// A link that is used up lets the downloads that it counted come to their end.
  private func mayListen(_ link: PrivateLink, _ slug: String, _ asker: Asker) throws -> Bool {
    switch link.state(at: asker.date) {
    case .open: true
    case .usedUp: try catalogue.isCounted(link: link.id, slug: slug, app: asker.app, at: asker.date)
    case .expired, .revoked, .rotated: false
    }
  }

  private func file(_ token: LinkToken, _ path: PrivateAddress.File, at date: Date) throws -> Library.Finding {
    let link = try catalogue.credential(of: token.id)?.link
    guard DerivedToken.isRight(token, file: path.text, key: key), let link else { return .unknown }
    guard link.state(at: date) == .open || link.state(at: date) == .usedUp else { return .gone }
    if let slug = path.slug {
      guard link.scope.slug == nil || link.scope.slug == slug else { return .unknown }
      guard try catalogue.heard(slug).revision != nil else { return .gone }
    }
    guard let file = try files.open(path.text), try known.digest(of: file).hasPrefix(path.digest) else { return .gone }
    return .found(Representation(file, path.text, try known.digest(of: file)))
  }
}
