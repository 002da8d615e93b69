import Foundation
import ShowModel
import Synchronization

/// Asks what is heard of an episode, and what a link opens.
final class HeardReader: Sendable {
  private let question: Mutex<PreparedQuestion>

  /// - Throws: `DatabaseError`.
  init(path: String, patience: Double) throws {
    question = Mutex(try PreparedQuestion(Self.text, path: path, patience: patience))
  }

  deinit { question.withLock { $0.close() } }

  /// Who asks while another one does waits for that one.
  /// - Throws: `DatabaseError`.
  func heard(_ slug: String, through link: String?) throws -> Catalogue.Heard {
    try question.withLock { question in
      try question.ask(slug, link) { row in
        Catalogue.Heard(
          audience: row.text(0).map { Audience(rawValue: $0) ?? .invited }, revision: Self.revision(row),
          link: Self.link(row))
      }
    }
  }

  private static let text = """
    SELECT audience, number, revision.digest, byteCount, milliseconds, revision.published,
      link.id, link.slug, name, reason, granted, expires, maxDownloads, revoked, replacedBy,
      CASE WHEN maxDownloads IS NULL THEN 0
        ELSE (SELECT COUNT(*) FROM download WHERE download.link = link.id AND counted = 1) END
    FROM (SELECT ?1 AS slug, ?2 AS link) AS asked
    LEFT JOIN publication ON publication.slug = asked.slug AND withdrawn IS NULL
    LEFT JOIN revision ON revision.slug = publication.slug
      AND number = (SELECT MAX(number) FROM revision AS last WHERE last.slug = asked.slug)
    LEFT JOIN link ON link.id = asked.link
    """

  private static func revision(_ row: PreparedQuestion) -> Publication.Revision? {
    row.text(2).map { digest in
      Publication.Revision(
        number: Int(row.number(1) ?? 0), digest: digest, byteCount: row.number(3) ?? 0,
        milliseconds: row.number(4) ?? 0, published: row.date(5) ?? .distantPast)
    }
  }

  private static func link(_ row: PreparedQuestion) -> PrivateLink? {
    row.text(6).map { id in
      PrivateLink(
        id: id, scope: row.text(7).map(PrivateLink.Scope.episode) ?? .feed, name: PrivateText(row.text(8) ?? ""),
        reason: row.text(9).map(PrivateText.init), granted: row.date(10) ?? .distantPast, expires: row.date(11),
        maxDownloads: row.number(12).map(Int.init), revoked: row.date(13), replacedBy: row.text(14),
        downloads: Int(row.number(15) ?? 0))
    }
  }
}
