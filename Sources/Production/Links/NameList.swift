import Foundation
import ShowModel

/// A list of who gets a link: `name[,reason][,expires]`, as a spreadsheet writes it, with or without a header.
package struct NameList: Sendable {
  private enum Column: CaseIterable {
    case name, reason, expires

    var words: [String] {
      switch self {
      case .name: ["name", "nom", "pseudo", "pseudonym", "pseudonyme"]
      case .reason: ["reason", "motif", "raison", "pourquoi", "why"]
      case .expires:
        ["expires", "until", "expiration", "expire", "expiry", "fin", "date", "echeance", "jusqu'a", "jusqu'au"]
      }
    }

    /// Other names that a spreadsheet gives to columns. In a first line they are no listener.
    static let otherWords = [
      "prenom", "who", "qui", "id", "email", "mail", "e-mail", "courriel", "person", "personne", "listener", "auditeur",
    ]
  }

  /// Of rows.
  private static let longest = 10_000

  package let terms: [LinkTerms]
  /// `;`, a tab or `,`: what the program that wrote it will read again.
  package let separator: String

  /// - Parameters:
  ///   - path: of the file, in UTF-8, UTF-16 or Windows-1252; `-` for standard input.
  ///   - usual: terms for rows that say none of their own.
  /// - Throws: `ProductionError` `.badList` for the first line that is not right. It does not hold what stands there.
  package init(
    path: String, reason: String?, expires: String?, maxDownloads: Int?, now: Date = Date(), zone: TimeZone = .current
  ) throws {
    let place = path == "-" ? "standard input" : path
    let lines = try Self.lines(path, place)
    let (separator, first) = try Self.separator(lines, place)
    var columns: [Column]?
    var terms: [LinkTerms] = []
    var lineOf: [PrivateText: Int] = [:]
    for (index, line) in lines.enumerated().dropFirst(first)
    where !line.allSatisfy({ $0.isWhitespace || $0 == "," || $0 == ";" }) {
      let at = Place(file: place, line: index + 1)
      let cells = try Self.cells(line, separator, at)
      if columns == nil {
        let header = try Self.header(cells, at)
        columns = header ?? Column.allCases
        if header != nil { continue }
      }
      guard terms.count < Self.longest else {
        throw Self.wrong(at, "there are more than 10000 lines", "Cut it in two.")
      }
      let row = try Self.row(cells, columns ?? [], at)
      // A link that never ends would come of it.
      if let reason = row[.reason], LinkTime.isTime(reason, in: zone) {
        throw Self.wrong(
          at, "the reason of this line is a time, as the end of a link is written",
          "Leave the reason empty, as in name,,30d, or name the columns in the first line: name,expires.")
      }
      let listener = try Self.explained(at) {
        try LinkTerms(
          name: row[.name] ?? "", reason: row[.reason] ?? reason, expires: row[.expires] ?? expires,
          maxDownloads: maxDownloads, now: now, zone: zone)
      }
      if let line = lineOf.updateValue(index + 1, forKey: listener.name) {
        throw Self.wrong(at, "the name of this line is that of line \(line) too", "Remove one of the two lines.")
      }
      terms.append(listener)
    }
    guard !terms.isEmpty else {
      throw Self.wrong(Place(file: place), "there is no name in this list", "Write one name a line.")
    }
    (self.terms, self.separator) = (terms, String(separator))
  }

  /// Excel says it in a first line of its own, `sep=;`.
  /// - Returns: it, and how many lines stand before those of the list.
  private static func separator(_ lines: [Substring], _ place: String) throws -> (Unicode.Scalar, Int) {
    if let said = lines.first?.lowercased(), said.hasPrefix("sep=") {
      guard let separator = [";", "\t", ","].first(where: { said == "sep=\($0)" }) else {
        throw wrong(
          Place(file: place, line: 1), "this separator is not known", "Separate the columns by ; or , or tabs.")
      }
      return (Unicode.Scalar(separator) ?? ",", 1)
    }
    let first = (lines.first { !$0.allSatisfy(\.isWhitespace) } ?? "").unicodeScalars
    return (first.contains(";") ? ";" : first.contains("\t") ? "\t" : ",", 0)
  }

  /// What is wrong with terms, with the line that they stand in.
  private static func explained(_ at: Place, _ body: () throws -> LinkTerms) throws -> LinkTerms {
    do { return try body() } catch let error as ProductionError { throw wrong(at, error.problem, error.remedy) }
  }

  private static func lines(_ path: String, _ place: String) throws -> [Substring] {
    let data = path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
    guard let data else { throw ProductionError.cannotRead(path, code: access(path, F_OK) == 0 ? EACCES : ENOENT) }
    guard let text = TextFile.text([UInt8](data)) else {
      throw wrong(Place(file: place), "this file holds no text", "Save the sheet as CSV.")
    }
    return TextFile.lines(text)
  }

  private static func cells(_ line: Substring, _ separator: Unicode.Scalar, _ at: Place) throws -> [String] {
    var scanner = CellScanner(separator: separator)
    scanner.take(line)
    guard !scanner.isOpen, scanner.isSound else {
      throw wrong(
        at, "the quotation marks of this line do not match",
        "Put each text between two quotation marks, and double those within it; a name is on one line.")
    }
    return scanner.cells.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// - Returns: nil where this is somebody, and names no columns.
  private static func header(_ cells: [String], _ at: Place) throws -> [Column]? {
    let words = cells.map {
      $0.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
        .replacingOccurrences(of: "’", with: "'")
    }
    let usual = Column.allCases.flatMap(\.words) + Column.otherWords
    guard words.contains(where: usual.contains) else { return nil }
    var used = words
    while used.last?.isEmpty == true { used.removeLast() }
    let columns = used.compactMap { word in Column.allCases.first { $0.words.contains(word) } }
    guard columns.count == used.count, Set(columns).count == columns.count, columns.contains(.name) else {
      throw wrong(
        at,
        "this names the columns, and one of the names is not known or is there twice, or the column name is missing",
        "Name the columns name, reason, expires, or nom, motif, expire; only the first must be there.")
    }
    return columns
  }

  /// Without empty cells.
  private static func row(_ cells: [String], _ columns: [Column], _ at: Place) throws -> [Column: String] {
    guard cells.dropFirst(columns.count).allSatisfy(\.isEmpty) else {
      throw wrong(
        at, "there are more columns here than \(columns.count)", "Put text with separators in quotation marks.")
    }
    return Dictionary(uniqueKeysWithValues: zip(columns, cells)).filter { !$0.value.isEmpty }
  }

  private static func wrong(_ place: Place, _ problem: String, _ remedy: String) -> ProductionError {
    ProductionError(.badList, at: place, problem: problem, remedy: remedy, exit: .badData)
  }
}
