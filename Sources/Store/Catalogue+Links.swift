import Foundation
import GRDB
import ShowModel

extension Catalogue {
  /// A link with the digest of its token: SHA-256 of its whole text, in lower-case hexadecimal digits.
  package typealias Credential = (link: PrivateLink, tokenDigest: String)

  /// - Throws: `StoreError` `.failed` where the id is taken.
  package func grant(_ link: PrivateLink, tokenDigest: String) throws { try grant([(link, tokenDigest)]) }

  /// All of them, or none.
  package func grant(_ credentials: [Credential]) throws {
    try write { database in
      for credential in credentials {
        try Self.insert(credential, in: database)
        try Self.note(.granted, credential.link, at: credential.link.granted, in: database)
      }
    }
  }

  package func link(_ id: String) throws -> PrivateLink? { try credential(of: id)?.link }

  /// In the order in which they were granted.
  package func links() throws -> [PrivateLink] {
    try read { database in
      try Row.fetchAll(database, sql: "\(LinkRow.select) ORDER BY granted, id").map { LinkRow.credential($0).link }
    }
  }

  /// What is asked on each request of a listener, so it is one statement without a transaction around it.
  /// - Complexity: one look into an index, one more for each download it has counted.
  package func credential(of id: String) throws -> Credential? {
    try readAtOnce { try Self.credential(of: id, in: $0) }
  }

  static func credential(of id: String, in database: Database) throws -> Credential? {
    let statement = try database.cachedStatement(sql: LinkRow.selectOne)
    return try Row.fetchOne(statement, arguments: [id]).map(LinkRow.credential)
  }

  package func revoke(_ id: String, at date: Date) throws { try revoke([id], at: date) }

  /// From now on they open nothing: all of them, or none where one can't be; with each of them, those whose place it takes
  /// and that are open until their overlap ends.
  /// - Throws: `StoreError` `.noLink`, `.alreadyRevoked`.
  /// - Returns: the ids of all that were revoked.
  @discardableResult
  package func revoke(_ ids: [String], at date: Date) throws -> [String] {
    try write { database in
      for id in ids where try Self.link(id, in: database).revoked != nil { throw StoreError.alreadyRevoked(id) }
      let older = try Self.replaced(by: ids, at: date, in: database)
      for id in ids + older {
        try database.execute(sql: "UPDATE link SET revoked = ? WHERE id = ?", arguments: [date.milliseconds, id])
        try Self.note(.revoked, Self.link(id, in: database), at: date, in: database)
      }
      return ids + older
    }
  }

  /// What is still open of links whose place these have taken, and that those have taken.
  private static func replaced(by ids: [String], at date: Date, in database: Database) throws -> [String] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT id, replacedBy FROM link WHERE replacedBy NOTNULL AND revoked ISNULL AND expires > ?",
      arguments: [date.milliseconds])
    let older = Dictionary(grouping: rows, by: { $0["replacedBy"] as String })
    var (found, known, next) = ([String](), Set(ids), ids)
    while let id = next.popLast() {
      let more = older[id, default: []].map { $0["id"] as String }.filter { known.insert($0).inserted }
      (found, next) = (found + more, next + more)
    }
    return found
  }

  /// Gives another secret to who has this one, which stays open until the overlap ends.
  /// - Throws: `StoreError` `.noLink`, `.alreadyRevoked`, `.alreadyRotated`.
  package func rotate(
    _ id: String, to newLink: PrivateLink, tokenDigest: String, overlapEnds: Date
  ) throws {
    try write { database in
      let link = try Self.link(id, in: database)
      guard link.revoked == nil else { throw StoreError.alreadyRevoked(id) }
      if let newer = link.replacedBy { throw StoreError.alreadyRotated(id, newer) }
      try Self.insert((newLink, tokenDigest), in: database)
      let end = min(overlapEnds, link.expires ?? overlapEnds)
      try database.execute(
        sql: "UPDATE link SET replacedBy = ?, expires = ? WHERE id = ?", arguments: [newLink.id, end.milliseconds, id])
      try Self.note(.rotated, link.scope.subject, "\(id) \(newLink.id)", at: newLink.granted, in: database)
    }
  }

  static func insert(_ credential: Credential, in database: Database) throws {
    let link = credential.link
    try database.execute(
      sql: """
        INSERT INTO link (id, digest, slug, name, reason, granted, expires, maxDownloads) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        link.id, credential.tokenDigest, link.scope.slug, link.name.revealed, link.reason?.revealed,
        link.granted.milliseconds, link.expires?.milliseconds, link.maxDownloads,
      ])
  }

  static func note(_ event: AuditLine.Event, _ link: PrivateLink, at date: Date, in database: Database) throws {
    try note(event, link.scope.subject, link.id, at: date, in: database)
  }

  private static func link(_ id: String, in database: Database) throws -> PrivateLink {
    guard let row = try Row.fetchOne(database, sql: LinkRow.selectOne, arguments: [id]) else {
      throw StoreError.noLink(id)
    }
    return LinkRow.credential(row).link
  }
}

/// The columns of a link, read by their places: that is faster than by their names.
private enum LinkRow {
  static let select = """
    SELECT id, digest, slug, name, reason, granted, expires, maxDownloads, revoked, replacedBy,
      (SELECT COUNT(*) FROM download WHERE download.link = link.id AND counted = 1)
    FROM link
    """
  static let selectOne = "\(select) WHERE id = ?"

  static func credential(_ row: Row) -> Catalogue.Credential {
    let link = PrivateLink(
      id: row[0], scope: (row[2] as String?).map(PrivateLink.Scope.episode) ?? .feed,
      name: PrivateText(row[3]), reason: (row[4] as String?).map(PrivateText.init),
      granted: Date(milliseconds: row[5]), expires: (row[6] as Int64?).map(Date.init(milliseconds:)),
      maxDownloads: row[7], revoked: (row[8] as Int64?).map(Date.init(milliseconds:)), replacedBy: row[9],
      downloads: row[10])
    return (link, row[1])
  }
}

extension PrivateLink.Scope {
  /// nil for the feed.
  package var slug: String? {
    guard case .episode(let slug) = self else { return nil }
    return slug
  }

  /// In the audit trail.
  var subject: String { slug ?? "feed" }
}
