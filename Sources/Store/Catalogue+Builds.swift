import Foundation
import GRDB
import ShowModel

extension Catalogue {
  /// The last one of an episode.
  package func build(of slug: String) throws -> Build? {
    try read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM build WHERE slug = ?", arguments: [slug]).map(Build.init)
    }
  }

  /// Instead of the one before.
  package func keep(_ build: Build) throws {
    try write { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO build
            (slug, soundDigest, rangesDigest, settingsDigest, digest, byteCount, milliseconds, date)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          build.slug, build.soundDigest, build.rangesDigest, build.settingsDigest, build.digest, build.byteCount,
          build.milliseconds, build.date.milliseconds,
        ])
      try Self.note(.built, build.slug, build.digest, at: build.date, in: database)
    }
  }

  /// Of all MP3 files that are needed: what was built last, and what is heard now.
  package func digestsInUse() throws -> Set<String> {
    try read { database in
      try String.fetchSet(
        database,
        sql: """
          SELECT digest FROM build
          UNION
          SELECT digest FROM revision NATURAL JOIN (
            SELECT revision.slug, MAX(number) AS number FROM revision JOIN publication USING (slug)
            WHERE withdrawn IS NULL GROUP BY revision.slug)
          """)
    }
  }
}

extension Build {
  fileprivate init(_ row: Row) {
    self.init(
      slug: row["slug"], soundDigest: row["soundDigest"], rangesDigest: row["rangesDigest"],
      settingsDigest: row["settingsDigest"], digest: row["digest"], byteCount: row["byteCount"],
      milliseconds: row["milliseconds"], date: Date(milliseconds: row["date"]))
  }
}
