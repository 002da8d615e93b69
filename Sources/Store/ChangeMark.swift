import GRDB
import ShowModel
import Synchronization

/// Asks for the mark of the last change that decides who may hear what.
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
  /// Another one after each change that decides who may hear what.
  package struct Change: Hashable, Sendable {
    /// Random: a catalogue that was put back has it only where it says the same.
    fileprivate let number: Int64
  }

  /// Another one after each change that decides who may hear what, by any program, also where another file took the place of
  /// the catalogue: what was read before still holds while it is the same. SQLite's own triggers set it, so that no change
  /// can go by without it.
  package func lastChange() throws -> Change {
    do { return try Self.change(opened()) } catch { throw StoreError.of(error, path) }
  }

  /// The same, without waiting for a file that has to be opened again.
  /// - Returns: nil where that is so, and where nothing can be said.
  package func lastChangeAtOnce() -> Change? { try? openedAtOnce().map(Self.change) }

  private static func change(_ opened: OpenedCatalogue) throws -> Change {
    Change(number: try opened.mark().number())
  }
}
