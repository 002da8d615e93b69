import Foundation
import GRDB
import ShowModel

extension Catalogue {
  /// What is heard of an episode now, and by whom; nil where nothing is. It is asked on each request of a listener, so it
  /// is one statement without a transaction around it.
  package func heard(_ slug: String) throws -> (audience: Audience, revision: Publication.Revision)? {
    try readAtOnce { try Self.heard(slug, in: $0) }
  }

  /// As ``heard(_:)`` and ``credential(of:)``, at once.
  package func heard(
    _ slug: String, through link: String
  ) throws -> (link: PrivateLink?, revision: Publication.Revision?) {
    try readAtOnce { (try Self.credential(of: link, in: $0)?.link, try Self.heard(slug, in: $0)?.revision) }
  }

  private static func heard(
    _ slug: String, in database: Database
  ) throws -> (audience: Audience, revision: Publication.Revision)? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT audience, number, digest, byteCount, milliseconds, revision.published
        FROM publication JOIN revision USING (slug) WHERE slug = ? AND withdrawn IS NULL ORDER BY number DESC LIMIT 1
        """)
    return try Row.fetchOne(statement, arguments: [slug]).map { row in
      let revision = Publication.Revision(
        number: row[1], digest: row[2], byteCount: row[3], milliseconds: row[4],
        published: Date(milliseconds: row[5]))
      return (Audience(rawValue: row[0]) ?? .invited, revision)
    }
  }
}
