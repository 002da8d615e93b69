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
    migrator.registerMigration("private links") { try $0.execute(sql: privateLinks) }
    migrator.registerMigration("mark of changes") { database in
      try database.execute(sql: "CREATE TABLE mark (number INTEGER NOT NULL) STRICT; INSERT INTO mark VALUES (1);")
      for table in ["link", "publication", "revision"] {
        for change in ["Insert", "Update", "Delete"] {
          try database.execute(
            sql: """
              CREATE TRIGGER \(table)\(change) AFTER \(change) ON \(table)
              BEGIN UPDATE mark SET number = number + 1; END;
              """)
        }
      }
    }
    // Counted, a number came again where a catalogue was put back and changed in another way.
    migrator.registerMigration("marks that never come again") { database in
      for table in ["link", "publication", "revision"] {
        for change in ["Insert", "Update", "Delete"] {
          try database.execute(
            sql: """
              DROP TRIGGER \(table)\(change);
              CREATE TRIGGER \(table)\(change) AFTER \(change) ON \(table)
              BEGIN UPDATE mark SET number = random(); END;
              """)
        }
      }
      try database.execute(sql: "UPDATE mark SET number = random()")
    }
    migrator.registerMigration("indexes of what was open and of old pieces") { database in
      try database.execute(
        sql: """
          CREATE INDEX auditOfSubject ON audit (subject, event);
          CREATE INDEX downloadUncounted ON download (started) WHERE counted = 0;
          """)
    }
    return migrator
  }

  /// `link.digest` is SHA-256 of the whole token; `link.slug` is NULL for the feed; `download.link` is NULL for who has
  /// none. `download.app` tells listeners apart: a digest that leads to nobody, or nothing.
  private static let privateLinks = """
    CREATE TABLE link (
      id TEXT PRIMARY KEY NOT NULL, digest TEXT NOT NULL, slug TEXT, name TEXT NOT NULL, reason TEXT,
      granted INTEGER NOT NULL, expires INTEGER, maxDownloads INTEGER, revoked INTEGER,
      replacedBy TEXT REFERENCES link
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX linkName ON link (name);
    CREATE INDEX linkSlug ON link (slug);
    CREATE TABLE request (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      date INTEGER NOT NULL, wanted TEXT NOT NULL, name TEXT NOT NULL, contact TEXT NOT NULL, message TEXT NOT NULL,
      answered INTEGER, answer TEXT, link TEXT REFERENCES link
    ) STRICT;
    CREATE INDEX openRequest ON request (number) WHERE answered IS NULL;
    CREATE TABLE download (
      link TEXT, slug TEXT NOT NULL, revision INTEGER NOT NULL, app TEXT NOT NULL, started INTEGER NOT NULL,
      bytes INTEGER NOT NULL, counted INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX downloadStart ON download (link, slug, app, started);
    CREATE INDEX downloadOfLink ON download (link) WHERE counted = 1;
    CREATE INDEX downloadOfEpisode ON download (slug, link) WHERE counted = 1;
    """
}
