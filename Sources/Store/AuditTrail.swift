import Foundation
import GRDB
import ShowModel

/// What somebody did, for who has to answer for it later. It names no person and holds no secret.
package struct AuditLine: Hashable, Sendable {
  package enum Event: String, CaseIterable, Sendable {
    case built, published, revised, withdrawn
    case opened = "opened to everybody"
    case closed = "closed to all but the invited"
    /// Of private links.
    case granted, revoked, rotated
    /// Of requests for one.
    case requested, approved, refused

    /// Whether it is about private links and who asks for one.
    package var isOfLinks: Bool { [.granted, .revoked, .rotated, .requested, .approved, .refused].contains(self) }
  }

  /// Rises with each line.
  package let id: Int64
  package let date: Date
  package let event: Event
  /// The slug of an episode; `feed` for all of them; `request` for what is not yet granted.
  package let subject: String
  /// Digests, numbers, and the public ids of links.
  package let detail: String
}

extension Catalogue {
  /// Oldest first.
  package func auditTrail() throws -> [AuditLine] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT id, date, event, subject, detail FROM audit ORDER BY id").compactMap {
        row in
        guard let event = AuditLine.Event(rawValue: row["event"]) else { return nil }
        return AuditLine(
          id: row["id"], date: Date(milliseconds: row["date"]), event: event, subject: row["subject"],
          detail: row["detail"])
      }
    }
  }

  static func note(
    _ event: AuditLine.Event, _ subject: String, _ detail: String, at date: Date, in database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO audit (date, event, subject, detail) VALUES (?, ?, ?, ?)",
      arguments: [date.milliseconds, event.rawValue, subject, detail])
  }
}
