import GRDB
import ShowModel
import Synchronization

/// The file of a catalogue, open.
final class OpenedCatalogue: Sendable {
  /// Of the file, before it was opened.
  let state: FileState
  let pool: DatabasePool

  private let path: String
  /// Of the write-ahead log beside it.
  private let log: FileState?
  private let questions = Mutex(Questions())

  private struct Questions: Sendable {
    /// Those that nobody asks at the moment.
    var readers: [HeardReader] = []
    var mark: ChangeMark?
  }

  /// - Throws: `DatabaseError`, also where there is no file; `StoreError` `.newer`.
  init(_ path: String) throws {
    guard let state = FileState(path) else { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
    (self.path, self.state) = (path, state)
    var configuration = Configuration()
    configuration.busyMode = .timeout(Catalogue.patience)
    // A change that was reported is still there after a power cut.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    pool = try DatabasePool(path: path, configuration: configuration)
    guard try pool.read(Schema.migrator.hasBeenSuperseded) == false else { throw StoreError.newer(path) }
    try Self.migrate(pool)
    log = FileState(LeftLog.path(of: path))
  }

  /// Whether another file has its name now.
  /// - Throws: `DatabaseError` where none has.
  func isReplaced() throws -> Bool {
    guard let now = FileState(path) else { throw DatabaseError(resultCode: .SQLITE_CANTOPEN) }
    return !now.isSameFile(as: state)
  }

  /// Closes it, where another file has its name now. What its log holds is written into it, wherever it is, and not into the
  /// other one.
  /// - Throws: `DatabaseError` where that can't be done, or where the log may hold changes of both.
  func leave() throws {
    if let log, FileState(LeftLog.path(of: path)).map(log.isSameFile) ?? false {
      let left = try LeftLog(log, of: path)
      try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      left.remove()
    }
    try pool.close()
  }

  /// Of two programs that do it at the same moment one fails, when the other one was faster.
  private static func migrate(_ pool: DatabasePool) throws {
    let migrator = Schema.migrator
    for _ in 1..<10 where try !pool.read(migrator.hasCompletedMigrations) {
      do { return try migrator.migrate(pool) } catch { continue }
    }
    try migrator.migrate(pool)
  }

  func takeReader() throws -> HeardReader {
    try questions.withLock { $0.readers.popLast() } ?? HeardReader(path: path, patience: Catalogue.patience)
  }

  /// One that failed is not given back: the next one is new.
  func giveBack(_ reader: HeardReader) { questions.withLock { $0.readers.append(reader) } }

  func mark() throws -> ChangeMark {
    try questions.withLock { questions in
      let mark = try questions.mark ?? ChangeMark(path: path, patience: Catalogue.patience)
      questions.mark = mark
      return mark
    }
  }
}
