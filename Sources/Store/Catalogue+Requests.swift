import Foundation
import GRDB
import ShowModel

extension Catalogue {
  /// What becomes of a request.
  package enum RequestAnswer: Sendable {
    case approved(PrivateLink, tokenDigest: String)
    case refused
  }

  /// Keeps what a stranger wrote.
  /// - Returns: false where it is longer than ``Limits`` allow, or so many are open already: then nothing is kept.
  package func ask(
    wanted: PrivateText, name: PrivateText, contact: PrivateText, message: PrivateText, at date: Date
  ) throws -> Bool {
    let texts = [(wanted, Limits.wantedBytes), (name, Limits.nameBytes), (contact, Limits.contactBytes)]
    guard (texts + [(message, Limits.messageBytes)]).allSatisfy({ $0.0.revealed.utf8.count <= $0.1 }) else {
      return false
    }
    return try write { database in
      let open = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM request WHERE answered IS NULL") ?? 0
      guard open < Limits.openRequests else { return false }
      try database.execute(
        sql: "INSERT INTO request (date, wanted, name, contact, message) VALUES (?, ?, ?, ?, ?)",
        arguments: [date.milliseconds, wanted.revealed, name.revealed, contact.revealed, message.revealed])
      try Self.note(.requested, "request", "\(database.lastInsertedRowID)", at: date, in: database)
      return true
    }
  }

  /// Oldest first.
  package func requests(openOnly: Bool = false) throws -> [LinkRequest] {
    try read { database in
      let which = openOnly ? "WHERE answered IS NULL" : ""
      return try Row.fetchAll(database, sql: "SELECT * FROM request \(which) ORDER BY number").map(LinkRequest.init)
    }
  }

  /// - Throws: `StoreError` `.noRequest`, `.alreadyAnswered`; nothing is granted then.
  package func answerRequest(_ number: Int64, with answer: RequestAnswer, at date: Date) throws {
    try write { database in
      let request = try Row.fetchOne(database, sql: "SELECT * FROM request WHERE number = ?", arguments: [number])
        .map(LinkRequest.init)
      guard let request else { throw StoreError.noRequest(number) }
      if let before = request.answer { throw StoreError.alreadyAnswered(number, before) }
      switch answer {
      case .approved(let link, let digest):
        try Self.insert((link, digest), in: database)
        try Self.close(number, .approved, link.id, at: date, in: database)
        try Self.note(.approved, "request", "\(number) \(link.id)", at: date, in: database)
        try Self.note(.granted, link, at: date, in: database)
      case .refused:
        try Self.close(number, .refused, nil, at: date, in: database)
        try Self.note(.refused, "request", "\(number)", at: date, in: database)
      }
    }
  }

  private static func close(
    _ number: Int64, _ answer: LinkRequest.Answer, _ link: String?, at date: Date, in database: Database
  ) throws {
    try database.execute(
      sql: "UPDATE request SET answered = ?, answer = ?, link = ? WHERE number = ?",
      arguments: [date.milliseconds, answer.rawValue, link, number])
  }
}

extension LinkRequest {
  fileprivate init(_ row: Row) {
    self.init(
      number: row["number"], date: Date(milliseconds: row["date"]), wanted: PrivateText(row["wanted"]),
      name: PrivateText(row["name"]), contact: PrivateText(row["contact"]), message: PrivateText(row["message"]),
      answered: (row["answered"] as Int64?).map(Date.init(milliseconds:)),
      answer: (row["answer"] as String?).flatMap(Answer.init), link: row["link"])
  }
}
