import ShowModel
import Store

/// What the catalogue says of a public address, at this moment.
enum Verdict: Hashable {
  /// Everybody may have it.
  case open(Publication.Revision)
  /// Everybody could have it once.
  case gone
  /// It never was there, for all that strangers may know.
  case unknown

  static func onPage(of slug: String, _ catalogue: Catalogue) throws -> Verdict {
    let publication = try catalogue.publication(of: slug)
    return try verdict(on: publication, publication?.current, slug, catalogue)
  }

  /// - Parameter path: below `public/`. The current revision's alone plays.
  static func onSound(_ path: String, of slug: String, _ catalogue: Catalogue) throws -> Verdict {
    let heard = try catalogue.heard(slug)
    if heard.audience == .everybody, let revision = heard.revision, revision.path(slug) == path {
      return .open(revision)
    }
    let publication = try catalogue.publication(of: slug)
    let revision = publication?.revisions.first { $0.path(slug) == path }
    let verdict = try verdict(on: publication, publication?.current == revision ? revision : nil, slug, catalogue)
    return revision == nil ? .unknown : verdict
  }

  /// The same is asked of an episode that nobody knows, so that the time tells nothing of one that only the invited know.
  private static func verdict(
    on publication: Publication?, _ revision: Publication.Revision?, _ slug: String, _ catalogue: Catalogue
  ) throws -> Verdict {
    if publication?.audience == .everybody, let revision { return .open(revision) }
    return try catalogue.wasOpen(slug) ? .gone : .unknown
  }
}
