import Foundation
import ShowModel
import Store

extension LinkOffice {
  /// Which links are meant.
  package enum Selection: Sendable {
    case ids([String])
    /// All of one person.
    case name(PrivateText)
    /// All that open one episode and no other.
    case episode(String)
  }

  /// The longest time that two links of one person are open, in seconds: a year.
  private static let longestOverlap = 366 * 86_400.0

  /// From now on they open nothing.
  /// - Returns: the ids, also of what was open in the place of them for a while.
  /// - Throws: `StoreError` where one of the ids is unknown or revoked already; `ProductionError` `.nothingToRevoke` where
  ///   no other is meant. Nothing is revoked then.
  package func revoke(_ selection: Selection, at date: Date = Date()) throws -> [String] {
    let ids = try self.ids(selection)
    guard !ids.isEmpty else {
      throw try links(selection).isEmpty ? ProductionError.neverGranted(selection) : .nothingToRevoke
    }
    return try catalogue.revoke(ids, at: date)
  }

  /// What takes the place of a link: the same terms, with what is left of the downloads.
  /// - Throws: `StoreError` `.noLink`, `.alreadyRevoked`, `.alreadyRotated`; `ProductionError` `.closedAlready`.
  package func successor(of id: String, at date: Date = Date()) throws -> LinkDraft {
    guard let old = try catalogue.link(id) else { throw StoreError.noLink(id) }
    let state = old.state(at: date)
    if state == .expired || state == .usedUp { throw ProductionError.closedAlready(old, state) }
    guard old.revoked == nil, old.replacedBy == nil else { throw StoreError.closed(old) }
    let terms = LinkTerms(carriedOverFrom: old)
    guard let draft = try drafts([terms], episode: old.scope.slug, at: date).first else { throw StoreError.noLink(id) }
    return draft
  }

  /// - Parameter overlap: how long the old link stays open beside the new one: `7d`, `12h`, `0`.
  /// - Throws: `ProductionError` `.badOverlap`; `StoreError` where another command was faster.
  /// - Returns: the end of the old one.
  package func rotate(_ id: String, to draft: LinkDraft, overlap: String) throws -> Date {
    guard let seconds = LinkTime.duration(overlap), seconds <= Self.longestOverlap else {
      throw ProductionError.badOverlap
    }
    let end = draft.link.granted.addingTimeInterval(seconds)
    try catalogue.rotate(id, to: draft.link, tokenDigest: draft.token.digest, overlapEnds: end)
    return end
  }

  /// What is open in the place of links that were rotated.
  package func openSuccessors(of ids: [String], at date: Date = Date()) throws -> [String] {
    try ids.compactMap { try catalogue.link($0)?.replacedBy }.filter { newer in
      try !ids.contains(newer) && catalogue.link(newer)?.state(at: date) == .open
    }
  }

  private func ids(_ selection: Selection) throws -> [String] {
    switch selection {
    case .ids(let ids): ids.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    case .name, .episode: try links(selection).filter { $0.revoked == nil }.map(\.id)
    }
  }

  /// Revoked ones as well.
  private func links(_ selection: Selection) throws -> [PrivateLink] {
    try catalogue.links().filter { link in
      switch selection {
      case .ids(let ids): ids.contains(link.id)
      case .name(let name): link.name == name
      case .episode(let slug): link.scope == .episode(slug)
      }
    }
  }
}

extension LinkTerms {
  fileprivate init(carriedOverFrom link: PrivateLink) {
    (name, reason, expires) = (link.name, link.reason, link.expires)
    maxDownloads = link.maxDownloads.map { $0 - link.downloads }
  }
}
