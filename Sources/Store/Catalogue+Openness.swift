import GRDB
import ShowModel

extension Catalogue {
  /// Whether everybody could hear an episode at any time. Of one that only the invited know, nobody else may learn that
  /// it exists.
  /// - Complexity: a look into an index, and one more for each time that it was published.
  package func wasOpen(_ slug: String) throws -> Bool {
    try read { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM audit WHERE subject = ?1 AND (event = ?2 OR (event = ?3 AND detail LIKE ?4 || ' %')))
          """,
        arguments: [
          slug, AuditLine.Event.opened.rawValue, AuditLine.Event.published.rawValue, Audience.everybody.rawValue,
        ]) ?? false
    }
  }
}
