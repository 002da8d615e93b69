import Foundation
import GRDB
import ShowModel

/// What publishing changed.
package enum PublishingOutcome: Hashable, Sendable {
  /// It is there for the first time, or again after it was withdrawn.
  case new
  /// Another sound than before: the old address is gone.
  case revised
  /// The same sound, for another audience.
  case moved
  case unchanged
}

extension Catalogue {
  /// In the order of their slugs.
  package func publications() throws -> [Publication] {
    try read { database in
      let revisions = try Dictionary(
        grouping: Row.fetchAll(database, sql: "SELECT * FROM revision ORDER BY slug, number"),
        by: { $0["slug"] as String })
      return try Row.fetchAll(database, sql: "SELECT * FROM publication ORDER BY slug").map {
        Publication($0, revisions[$0["slug"]] ?? [])
      }
    }
  }

  package func publication(of slug: String) throws -> Publication? {
    try read { try Self.publication(of: slug, in: $0) }
  }

  /// Gives what was built to its audience.
  /// - Parameter guid: where it has none yet.
  /// - Throws: `StoreError` `.builtMeanwhile`.
  package func publish(
    _ build: Build, guid: String, to audience: Audience, at date: Date
  ) throws -> (Publication, PublishingOutcome) {
    try write { database in
      // Its file is gone, or will be in a moment.
      let last = try String.fetchOne(database, sql: "SELECT digest FROM build WHERE slug = ?", arguments: [build.slug])
      guard last == nil || last == build.digest else { throw builtMeanwhile(build.slug) }
      let before = try Self.publication(of: build.slug, in: database)
      let outcome = Self.outcome(before, build, audience)
      try database.execute(
        sql: """
          INSERT INTO publication (slug, guid, audience, published) VALUES (?, ?, ?, ?)
          ON CONFLICT (slug) DO UPDATE SET audience = excluded.audience, withdrawn = NULL
          """,
        arguments: [build.slug, guid, audience.rawValue, date.milliseconds])
      if outcome == .new || outcome == .revised {
        try Self.add(build, number: (before?.revisions.last?.number ?? 0) + 1, at: date, in: database)
      }
      try Self.note(outcome, build, from: before?.audience, to: audience, at: date, in: database)
      guard let after = try Self.publication(of: build.slug, in: database) else { throw notPublished(build.slug) }
      return (after, outcome)
    }
  }

  /// From now on none of its addresses gives anything.
  /// - Throws: `StoreError` `.notPublished`.
  /// - Returns: what it is now, and whether it had been withdrawn already: nothing changes then.
  package func withdraw(_ slug: String, at date: Date) throws -> (publication: Publication, isAgain: Bool) {
    try write { database in
      guard let before = try Self.publication(of: slug, in: database) else { throw notPublished(slug) }
      guard before.withdrawn == nil else { return (before, true) }
      try database.execute(
        sql: "UPDATE publication SET withdrawn = ? WHERE slug = ?", arguments: [date.milliseconds, slug])
      try Self.note(.withdrawn, slug, "revision \(before.revisions.last?.number ?? 0)", at: date, in: database)
      return (try Self.publication(of: slug, in: database) ?? before, false)
    }
  }

  private static func outcome(_ before: Publication?, _ build: Build, _ audience: Audience) -> PublishingOutcome {
    guard let before, let current = before.current else { return .new }
    if current.digest != build.digest { return .revised }
    return before.audience == audience ? .unchanged : .moved
  }

  private static func add(_ build: Build, number: Int, at date: Date, in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO revision (slug, number, digest, byteCount, milliseconds, published) VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [build.slug, number, build.digest, build.byteCount, build.milliseconds, date.milliseconds])
  }

  private static func note(
    _ outcome: PublishingOutcome, _ build: Build, from before: Audience?, to audience: Audience, at date: Date,
    in database: Database
  ) throws {
    if outcome == .new { try note(.published, build.slug, "\(audience) \(build.digest)", at: date, in: database) }
    if outcome == .revised { try note(.revised, build.slug, build.digest, at: date, in: database) }
    guard let before, before != audience, outcome != .new else { return }
    try note(audience == .everybody ? .opened : .closed, build.slug, "", at: date, in: database)
  }

  private static func publication(of slug: String, in database: Database) throws -> Publication? {
    guard let row = try Row.fetchOne(database, sql: "SELECT * FROM publication WHERE slug = ?", arguments: [slug])
    else { return nil }
    return Publication(
      row,
      try Row.fetchAll(database, sql: "SELECT * FROM revision WHERE slug = ? ORDER BY number", arguments: [slug]))
  }

  private func builtMeanwhile(_ slug: String) -> StoreError {
    StoreError(
      .builtMeanwhile, at: nil, "“\(slug)” was built anew by another command at this moment",
      "Listen to it, and publish it then.", exit: .badData)
  }

  private func notPublished(_ slug: String) -> StoreError {
    StoreError(
      .notPublished, at: nil, "“\(slug)” is not published", "“podcast feed --list” says what is.", exit: .usage)
  }
}

extension Publication {
  fileprivate init(_ row: Row, _ revisions: [Row]) {
    self.init(
      slug: row["slug"], guid: row["guid"], audience: Audience(rawValue: row["audience"]) ?? .invited,
      published: Date(milliseconds: row["published"]),
      withdrawn: (row["withdrawn"] as Int64?).map(Date.init(milliseconds:)), revisions: revisions.map(Revision.init))
  }
}

extension Publication.Revision {
  fileprivate init(_ row: Row) {
    self.init(
      number: row["number"], digest: row["digest"], byteCount: row["byteCount"], milliseconds: row["milliseconds"],
      published: Date(milliseconds: row["published"]))
  }
}
