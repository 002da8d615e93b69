import GRDB

/// The tables of the catalogue. A migration that was once released never changes; what changes is another one.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("builds and publications") { database in
      try database.execute(
        sql: """
          CREATE TABLE build (
            slug TEXT PRIMARY KEY NOT NULL,
            soundDigest TEXT NOT NULL, rangesDigest TEXT NOT NULL, settingsDigest TEXT NOT NULL,
            digest TEXT NOT NULL, byteCount INTEGER NOT NULL, milliseconds INTEGER NOT NULL, date INTEGER NOT NULL
          ) STRICT;
          CREATE TABLE publication (
            slug TEXT PRIMARY KEY NOT NULL,
            guid TEXT NOT NULL UNIQUE, audience TEXT NOT NULL, published INTEGER NOT NULL, withdrawn INTEGER
          ) STRICT;
          CREATE TABLE revision (
            slug TEXT NOT NULL REFERENCES publication, number INTEGER NOT NULL,
            digest TEXT NOT NULL, byteCount INTEGER NOT NULL, milliseconds INTEGER NOT NULL, published INTEGER NOT NULL,
            PRIMARY KEY (slug, number)
          ) STRICT;
          CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            date INTEGER NOT NULL, event TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL
          ) STRICT;
          """)
    }
    return migrator
  }
}
