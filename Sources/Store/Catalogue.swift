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
  private let known: Mutex<Known>
  /// Held by the one that opens the file again.
  private let reopening = Mutex(())

  private struct Known: Sendable {
    /// nil where the last one had to be left, and the next one could not be opened yet.
    var last: OpenedCatalogue?
    var isClosed = false
  }

  /// Opens the catalogue, or makes one that its owner alone can read.
  /// - Throws: `StoreError`; `.newer` where a later version of this program has changed its form.
  package init(path: String) throws {
    self.path = path
    do {
      let folder = path.parentFolder
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      Self.makeFile(path)
      known = Mutex(Known(last: try OpenedCatalogue(path)))
    } catch { throw StoreError.of(error, path) }
  }

  package func close() throws {
    let last = known.withLock { known in
      defer { (known.last, known.isClosed) = (nil, true) }
      return known.last
    }
    try last?.pool.close()
  }

  /// What is open, where the file is still in the state in which it was opened. It waits for nothing.
  /// - Returns: nil where the file has changed, or is another one.
  /// - Throws: `DatabaseError` where the catalogue was closed.
  func openedAtOnce() throws -> OpenedCatalogue? {
    guard let last = try current().last else { return nil }
    return FileState(path) == last.state ? last : nil
  }

  /// Of the file that is there now: one that was put back from a backup counts from that moment on.
  func opened() throws -> OpenedCatalogue {
    if let opened = try openedAtOnce() { return opened }
    return try reopening.withLock { _ in
      if let opened = try openedAtOnce() { return opened }
      if let last = try current().last, try last.isReplaced() {
        try last.leave()
        known.withLock { $0.last = nil }
      }
      let next = try OpenedCatalogue(path)
      known.withLock { known in if !known.isClosed { known.last = next } }
      return next
    }
  }

  private func current() throws -> Known {
    let known = known.withLock { $0 }
    guard !known.isClosed else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    return known
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try opened().pool.read(body) } catch { throw StoreError.of(error, path) }
  }

  /// For one statement alone: nothing keeps several from seeing different states.
  func readAtOnce<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try opened().pool.unsafeRead(body) } catch { throw StoreError.of(error, path) }
  }

  /// One transaction; nothing of it is left where `body` throws.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try opened().pool.write(body) } catch { throw StoreError.of(error, path) }
  }

  /// SQLite gives its other files the rights of this one.
  private static func makeFile(_ path: String) {
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { Foundation.close(descriptor) }
  }
}

extension Date {
  var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
  init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }
}
