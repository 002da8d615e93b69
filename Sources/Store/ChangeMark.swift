import GRDB
import ShowModel
import Synchronization

/// Asks how often anything was changed that decides who may hear what.
final class ChangeMark: Sendable {
  private let question: Mutex<PreparedQuestion>

  /// - Throws: `DatabaseError`.
  init(path: String, patience: Double) throws {
    question = Mutex(try PreparedQuestion("SELECT number FROM mark", path: path, patience: patience))
  }

  deinit { question.withLock { $0.close() } }

  /// - Throws: `DatabaseError`.
  func number() throws -> Int64 { try question.withLock { question in try question.ask { $0.number(0) ?? 0 } } }
}

extension Catalogue {
  /// Another number after each change that decides who may hear what, by any program: what was read before still holds while
  /// it is the same. SQLite's own triggers count, so that no change can go by without it.
  package func changeNumber() throws -> Int64 {
    do { return try mark().number() } catch { throw StoreError.of(error, path) }
  }
}
