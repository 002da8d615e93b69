import Foundation
import Publish
import ShowFolder
import ShowModel
import Store

/// A link that is about to be granted: the only moment at which its secret is known.
package struct LinkDraft: Sendable {
  package let link: PrivateLink
  package let token: LinkToken
  /// Of the episode that it opens; nil where it opens all.
  package let title: String?
}

/// Gives private links, and takes them back. What is said of them names nobody.
package struct LinkOffice {
  private let folder: ShowFolder
  let catalogue: Catalogue

  package init(_ folder: ShowFolder, _ catalogue: Catalogue) { (self.folder, self.catalogue) = (folder, catalogue) }

  /// Read when it is needed: links can be revoked also where `show.yaml` is broken.
  package func show() throws -> Show { try folder.show() }

  // MARK: Granting

  /// Makes links that are not granted yet, so that whatever shows their secrets can be readied first.
  /// - Parameter slug: of the episode that they open; nil: all, as a feed.
  /// - Throws: `ProductionError` `.notHeard` where the episode is not published, or withdrawn; `ShowFolderError`.
  package func drafts(_ terms: [LinkTerms], episode slug: String?, at date: Date = Date()) throws -> [LinkDraft] {
    let title = try slug.map(titleOfHeard)
    let scope = slug.map(PrivateLink.Scope.episode) ?? .feed
    return terms.map { terms in
      let token = LinkToken()
      let link = PrivateLink(
        id: token.id, scope: scope, name: terms.name, reason: terms.reason, granted: date, expires: terms.expires,
        maxDownloads: terms.maxDownloads)
      return LinkDraft(link: link, token: token, title: title)
    }
  }

  /// From now on they open what they are for: all of them, or none.
  package func grant(_ drafts: [LinkDraft]) throws {
    try catalogue.grant(drafts.map { ($0.link, $0.token.digest) })
  }

  private func titleOfHeard(_ slug: String) throws -> String {
    guard ShowFolder.isSlug(slug) else { throw ProductionError.noSlug }
    let publication = try catalogue.publication(of: slug)
    let episode = try folder.episode(slug)
    guard let publication else { throw ProductionError.neverPublished(slug) }
    guard publication.current != nil else { throw ProductionError.withdrawn(slug) }
    return episode.title
  }

  // MARK: Requests

  /// Grants the link as the answer to a request.
  /// - Throws: `StoreError` `.noRequest`, `.alreadyAnswered`; nothing is granted then.
  package func approve(_ number: Int64, _ draft: LinkDraft) throws {
    let answer = Catalogue.RequestAnswer.approved(draft.link, tokenDigest: draft.token.digest)
    try catalogue.answerRequest(number, with: answer, at: draft.link.granted)
  }

  package func refuse(_ number: Int64, at date: Date = Date()) throws {
    try catalogue.answerRequest(number, with: .refused, at: date)
  }
}
