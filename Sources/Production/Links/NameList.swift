import Foundation
import ShowModel

/// A list of who gets a link: `name[,reason][,expires]`, as a spreadsheet writes it, with or without a header.
package struct NameList: Sendable {
  private enum Column: CaseIterable {
    case name, reason, expires

    var words: [String] {
      switch self {
      case .name: ["name", "nom", "pseudonym", "pseudonyme"]
      case .reason: ["reason", "motif", "raison"]
      case .expires: ["expires", "until", "expiration", "expire", "jusqu'au"]
      }
    }
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
    let separator = Self.separator(lines)
    var columns: [Column]?
    var terms: [LinkTerms] = []
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0.isWhitespace || $0 == "," || $0 == ";" }) {
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
      terms.append(
        try Self.explained(at) {
          try LinkTerms(
            name: row[.name] ?? "", reason: row[.reason] ?? reason, expires: row[.expires] ?? expires,
            maxDownloads: maxDownloads, now: now, zone: zone)
        })
    }
    guard !terms.isEmpty else {
      throw Self.wrong(Place(file: place), "there is no name in this list", "Write one name a line.")
    }
    (self.terms, self.separator) = (terms, String(separator))
  }

  private static func separator(_ lines: [Substring]) -> Unicode.Scalar {
    let first = (lines.first { !$0.allSatisfy(\.isWhitespace) } ?? "").unicodeScalars
    return first.contains(";") ? ";" : first.contains("\t") ? "\t" : ","
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

  /// - Returns: nil where the first cell is a name of somebody.
  private static func header(_ cells: [String], _ at: Place) throws -> [Column]? {
    let words = cells.map { $0.lowercased() }
    guard words.contains(where: Column.name.words.contains) else { return nil }
    var used = words
    while used.last?.isEmpty == true { used.removeLast() }
    let columns = used.compactMap { word in Column.allCases.first { $0.words.contains(word) } }
    guard columns.count == used.count, Set(columns).count == columns.count else {
      throw wrong(at, "the name of a column is not known, or is there twice", "Name the columns name, reason, expires.")
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
