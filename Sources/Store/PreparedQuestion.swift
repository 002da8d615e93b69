import Foundation
import GRDB
import GRDBSQLite

/// One question to the catalogue, prepared once, on a connection of its own: SQLite with nothing in between. For what is
/// asked on each request of a listener. Not for two threads at once.
struct PreparedQuestion {
  private let database, statement: OpaquePointer

  /// - Parameter patience: how long it waits while another program repairs the catalogue, in seconds; for one that reads or
  ///   writes it never waits.
  /// - Throws: `DatabaseError`.
  init(_ text: String, path: String, patience: Double) throws {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let database = opened else {
      sqlite3_close_v2(opened)
      throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
    sqlite3_busy_timeout(database, Int32(patience * 1_000))
    var prepared: OpaquePointer?
    let answer = sqlite3_prepare_v3(database, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard answer == SQLITE_OK, let statement = prepared else {
      sqlite3_close_v2(database)
      throw DatabaseError(resultCode: ResultCode(rawValue: answer))
    }
    (self.database, self.statement) = (database, statement)
  }

  /// It is of no use after that.
  func close() {
    sqlite3_finalize(statement)
    sqlite3_close_v2(database)
  }

  /// In one transaction.
  /// - Parameter row: reads the columns of the one row that there is.
  /// - Throws: `DatabaseError`.
  func ask<Answer>(_ values: String?..., row: (PreparedQuestion) -> Answer) throws -> Answer {
    defer { sqlite3_reset(statement) }
    for (index, value) in values.enumerated() { bind(value, Int32(index + 1)) }
    let code = sqlite3_step(statement)
    guard code == SQLITE_ROW else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    return row(self)
  }

  func text(_ column: Int32) -> String? {
    guard let bytes = sqlite3_column_text(statement, column) else { return nil }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  func number(_ column: Int32) -> Int64? {
    sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : sqlite3_column_int64(statement, column)
  }

  func date(_ column: Int32) -> Date? { number(column).map(Date.init(milliseconds:)) }

  /// SQLite copies it (`SQLITE_TRANSIENT`).
  private func bind(_ text: String?, _ place: Int32) {
    guard var text else {
      sqlite3_bind_null(statement, place)
      return
    }
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    text.withUTF8 { bytes in
      _ = bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(statement, place, $0.baseAddress, Int32($0.count), transient)
      }
    }
  }
}
