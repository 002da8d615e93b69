import Foundation
import GRDB
import ShowModel

/// Bytes of an episode that one answer of the server has sent.
package struct DownloadPiece: Hashable, Sendable {
  /// The id of the link; nil for the public address.
  package var link: String?
  package var slug: String
  package var revision: Int
  /// What tells apps apart, such as the beginning of a digest; empty where nothing does. On a public address it has to
  /// tell listeners apart as well, and must lead to none of them.
  package var app: String
  /// Of sound: the tag in front of it does not count.
  package var bytes: Int64
  /// How many bytes hold a minute of this sound; all of them where it is shorter.
  package var minuteBytes: Int64
  package var date: Date

  package init(
    link: String?, slug: String, revision: Int, app: String, bytes: Int64, minuteBytes: Int64, date: Date
  ) {
    (self.link, self.slug, self.revision, self.app) = (link, slug, revision, app)
    (self.bytes, self.minuteBytes, self.date) = (bytes, minuteBytes, date)
  }
}

/// Counted downloads of an episode.
package struct DownloadCounts: Hashable, Sendable {
  /// Without a link.
  package let open: Int
  /// By the ids of links; those without any are not in it.
  package let links: [String: Int]

  package init(open: Int, links: [String: Int]) { (self.open, self.links) = (open, links) }
}

extension Catalogue {
  /// IAB Podcast Measurement 2.1: what one listener's app loads of one episode within 24 hours is one download, however
  /// many pieces it comes in, and is counted once it holds a minute of sound.
  private static let window: Int64 = 86_400_000

  /// All of them in one transaction.
  package func record(_ pieces: [DownloadPiece]) throws {
    guard !pieces.isEmpty else { return }
    try write { database in
      for piece in pieces { try Self.add(piece, in: database) }
      try Self.forget(before: pieces.map(\.date).max(), in: database)
    }
  }

  /// What was not counted, and can't be any more.
  private static func forget(before date: Date?, in database: Database) throws {
    guard let date else { return }
    try database.cachedStatement(sql: "DELETE FROM download WHERE counted = 0 AND started <= ?")
      .execute(arguments: [date.milliseconds - window])
  }

  /// Of a link that opens only so many downloads: one that was counted may go on, another one begins only where one is left.
  /// Asking and counting are one transaction: of several that ask at once, none comes in between.
  ///
  /// What different apps load of one episode, each less than a minute, counts together: whoever changes the name of the app
  /// with each piece gets no more than others.
  /// - Returns: whether it may be sent; otherwise nothing was recorded.
  package func recordIfLeft(_ piece: DownloadPiece) throws -> Bool {
    try write { database in
      guard try Self.isCounted(piece, in: database) || Self.isLeft(piece.link, in: database) else { return false }
      try Self.add(piece, in: database)
      try Self.gather(piece, in: database)
      try Self.forget(before: piece.date, in: database)
      return true
    }
  }

  package func downloads(of slug: String) throws -> DownloadCounts {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT link, COUNT(*) FROM download WHERE slug = ? AND counted = 1 GROUP BY link",
        arguments: [slug])
      var (open, links): (Int, [String: Int]) = (0, [:])
      for row in rows {
        if let link = row[0] as String? { links[link] = row[1] } else { open = row[1] }
      }
      return DownloadCounts(open: open, links: links)
    }
  }

  /// Whether a download of this episode by this app was counted within the last day: it may come to its end, also where
  /// it was the last one that the link had.
  package func isCounted(link: String, slug: String, app: String, at date: Date) throws -> Bool {
    try readAtOnce { try Self.isCounted(link, slug, app, at: date, in: $0) }
  }

  private static func isCounted(_ piece: DownloadPiece, in database: Database) throws -> Bool {
    try piece.link.map { try isCounted($0, piece.slug, piece.app, at: piece.date, in: database) } ?? false
  }

  private static func isCounted(
    _ link: String, _ slug: String, _ app: String, at date: Date, in database: Database
  ) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: "SELECT 1 FROM download WHERE link = ? AND slug = ? AND app = ? AND started > ? AND counted = 1 LIMIT 1")
    return try Int.fetchOne(statement, arguments: [link, slug, app, date.milliseconds - window]) != nil
  }

  private static func isLeft(_ link: String?, in database: Database) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: """
        SELECT maxDownloads IS NULL
          OR maxDownloads > (SELECT COUNT(*) FROM download WHERE download.link = link.id AND counted = 1)
        FROM link WHERE id = ?
        """)
    return try Bool.fetchOne(statement, arguments: [link]) ?? false
  }

  /// Counts what was just added, where it makes a minute with what other apps had of this episode within the last day; that
  /// is then part of it.
  private static func gather(_ piece: DownloadPiece, in database: Database) throws {
    let since = piece.date.milliseconds - window
    let pieces = "FROM download WHERE link = ?1 AND slug = ?2 AND started > ?3 AND counted = 0"
    let sum = try Double.fetchOne(
      database.cachedStatement(sql: "SELECT TOTAL(bytes) \(pieces)"), arguments: [piece.link, piece.slug, since])
    guard try !isCounted(piece, in: database), let sum, sum >= Double(piece.minuteBytes) else { return }
    let row = "(SELECT rowid \(pieces) AND app = ?4 ORDER BY started DESC LIMIT 1)"
    try database.cachedStatement(sql: "UPDATE download SET counted = 1 WHERE rowid = \(row)")
      .execute(arguments: [piece.link, piece.slug, since, piece.app])
    try database.cachedStatement(sql: "DELETE \(pieces)").execute(arguments: [piece.link, piece.slug, since])
  }

  /// Adds to the last download of this listener's app, where that is not over. A sum is at most what SQLite can hold.
  private static let addition = """
    UPDATE download SET
      bytes = MIN(bytes, 9223372036854775807 - ?1) + ?1,
      counted = MAX(counted, MIN(bytes, 9223372036854775807 - ?1) + ?1 >= ?2)
    WHERE rowid = (
      SELECT rowid FROM download WHERE link IS ?3 AND slug = ?4 AND app = ?5 AND started > ?6
      ORDER BY started DESC LIMIT 1)
    """

  private static func add(_ piece: DownloadPiece, in database: Database) throws {
    let (bytes, date) = (max(0, piece.bytes), piece.date.milliseconds)
    try database.cachedStatement(sql: addition)
      .execute(arguments: [bytes, piece.minuteBytes, piece.link, piece.slug, piece.app, date - window])
    guard database.changesCount == 0 else { return }
    try database.cachedStatement(
      sql: "INSERT INTO download (link, slug, revision, app, started, bytes, counted) VALUES (?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      piece.link, piece.slug, piece.revision, piece.app, date, bytes, bytes >= piece.minuteBytes ? 1 : 0,
    ])
  }
}
