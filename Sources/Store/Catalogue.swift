import Foundation
import GRDB
import ShowModel
import Synchronization

/// What happened to a show: what was built, published and withdrawn, and when. One file of SQLite.
///
/// Several programs may have it open at once (write-ahead logging): each change is one transaction, with its line in the
/// audit trail, and is there or not there, however a program ends. Times are whole milliseconds since 1970.
package final class Catalogue: Sendable {
  /// How long a change waits for another program's, in seconds.
  static let patience = 20.0

  package let path: String
  private let pool: DatabasePool
  /// nil once it was closed.
  private let questions = Mutex<Questions?>(Questions())

  private struct Questions: Sendable {
    /// Those that nobody asks at the moment.
    var readers: [HeardReader] = []
    var mark: ChangeMark?
  }

  /// Opens the catalogue, or makes one that its owner alone can read.
  /// - Throws: `StoreError`; `.newer` where a later version of this program has changed its form.
  package init(path: String) throws {
    self.path = path
    do {
      let folder = (path as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      Self.makeFile(path)
      var configuration = Configuration()
      configuration.busyMode = .timeout(Self.patience)
      // A change that was reported is still there after a power cut.
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      pool = try DatabasePool(path: path, configuration: configuration)
      guard try pool.read(Schema.migrator.hasBeenSuperseded) == false else { throw Self.newer(path) }
      try Self.migrate(pool)
    } catch { throw StoreError.of(error, path) }
  }

  /// Of two programs that do it at the same moment one fails, when the other one was faster.
  private static func migrate(_ pool: DatabasePool) throws {
    let migrator = Schema.migrator
    for _ in 1..<10 where try !pool.read(migrator.hasCompletedMigrations) {
      do { return try migrator.migrate(pool) } catch { continue }
    }
    try migrator.migrate(pool)
  }

  package func close() throws {
    questions.withLock { $0 = nil }
    try pool.close()
  }

  func takeReader() throws -> HeardReader {
    try opened { $0.readers.popLast() } ?? HeardReader(path: path, patience: Self.patience)
  }

  /// One that failed is not given back: the next one is new.
  func giveBack(_ reader: HeardReader) { questions.withLock { $0?.readers.append(reader) } }

  func mark() throws -> ChangeMark {
    try opened { questions in
      let mark = try questions.mark ?? ChangeMark(path: path, patience: Self.patience)
      questions.mark = mark
      return mark
    }
  }

  private func opened<Value: Sendable>(_ body: (inout Questions) throws -> Value) throws -> Value {
    try questions.withLock { questions in
      guard var open = questions else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
      defer { questions = open }
      return try body(&open)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try pool.read(body) } catch { throw StoreError.of(error, path) }
  }

  /// For one statement alone: nothing keeps several from seeing different states.
  func readAtOnce<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try pool.unsafeRead(body) } catch { throw StoreError.of(error, path) }
  }

  /// One transaction; nothing of it is left where `body` throws.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try pool.write(body) } catch { throw StoreError.of(error, path) }
  }

  /// SQLite gives its other files the rights of this one.
  private static func makeFile(_ path: String) {
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { Foundation.close(descriptor) }
  }

  private static func newer(_ path: String) -> StoreError {
    StoreError(
      .newer, at: Place(file: path), "a newer version of this program has changed the catalogue",
      "Use that version.", exit: .badData)
  }
}

extension Date {
  var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
  init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }
}
