import Foundation
import PCM
import ShowModel

/// `start,end[,fill][,reason][,note]`, with or without a header.
enum CSVRanges {
  private enum Column: CaseIterable {
    case start, end, duration, fill, reason, note, label

    var words: [String] {
      switch self {
      case .start: ["start", "debut", "from", "in", "begin"]
      case .end: ["end", "fin", "to", "out", "stop"]
      case .duration: ["duration", "duree", "length"]
      case .fill: ["fill", "remplissage"]
      case .reason: ["reason", "motif", "raison"]
      case .note: ["note", "notes", "remarque", "commentaire", "comment"]
      case .label: ["label", "name", "nom", "libelle", "texte", "text"]
      }
    }
  }

  static func read(_ text: RangeText) throws -> [RedactionRange] {
    let table = try Delimited(text)
    guard let first = table.rows.first else { throw text.errors.empty() }
    let hasHeader = !(first.cells.first ?? "").contains(where: \.isNumber)
    let columns = hasHeader ? try header(first, text.errors) : [.start, .end, .fill, .reason, .note]
    var builder = RangeBuilder(text.errors)
    for row in table.rows.dropFirst(hasHeader ? 1 : 0) {
      if hasDecimalCommas(row, columns, table.separator) {
        throw decimalCommas(row, text.errors)
      }
      try add(row, columns, to: &builder)
    }
    return try builder.finished()
  }

  /// `12,92,13,96`: as a list of seconds with decimal commas looks where commas also separate. Where text follows the
  /// end, three numbers may be two.
  private static func hasDecimalCommas(_ row: Delimited.Row, _ columns: [Column], _ separator: Unicode.Scalar) -> Bool {
    guard separator == ",", columns.starts(with: [.start, .end]), columns.count > 2 else { return false }
    let least = columns[2] == .label || columns[2] == .note ? 3 : 4
    return row.cells.count >= least
      && row.cells.prefix(least).allSatisfy { cell in
        !cell.isEmpty && cell.allSatisfy { $0.isNumber || $0 == ":" || $0 == " " }
      }
  }

  private static func decimalCommas(_ row: Delimited.Row, _ errors: RangeFileErrors) -> RedactError {
    errors.error(
      .badColumn, line: row.line, "a decimal comma is taken here for the end of a column",
      "Separate the columns by ; where times have decimal commas, or write decimal points.")
  }

  private static func header(_ row: Delimited.Row, _ errors: RangeFileErrors) throws -> [Column] {
    var cells = row.cells
    while cells.count > 2, cells.last?.isEmpty == true { cells.removeLast() }
    let columns = try cells.enumerated().map { index, cell in
      let word = RangeBuilder.plain(cell)
      if let column = Column.allCases.first(where: { $0.words.contains(word) }) { return column }
      throw errors.error(
        .badColumn, line: row.line, "the name of column \(index + 1) is not known",
        "Name the columns start, end, fill, reason, note; or leave the first line out.")
    }
    guard Set(columns).count == columns.count else {
      throw errors.error(.badColumn, line: row.line, "a column is there twice", "Remove one of the two.")
    }
    guard columns.contains(.start), columns.contains(.end) != columns.contains(.duration) else {
      throw errors.error(
        .badColumn, line: row.line, "the columns do not say where a range starts and ends",
        "There must be a column start, and one named end or duration.")
    }
    return columns
  }

  private static func add(_ row: Delimited.Row, _ columns: [Column], to builder: inout RangeBuilder) throws {
    for (index, cell) in row.cells.enumerated() where index >= columns.count && !cell.isEmpty {
      throw builder.errors.error(
        .badColumn, line: row.line, "there are more columns here than \(columns.count)",
        "Put text with separators in quotation marks, and write decimal commas only in a file separated by ;.")
    }
    func cell(_ column: Column) -> String {
      guard let index = columns.firstIndex(of: column), index < row.cells.count else { return "" }
      return row.cells[index].trimmingCharacters(in: .whitespaces)
    }
    if columns.contains(.duration) {
      try builder.add(cell(.start), lasting: cell(.duration), line: row.line, label: cell(.label))
    } else {
      try builder.add(cell(.start), cell(.end), line: row.line, label: cell(.label))
    }
    let (fill, reason) = (
      try builder.fill(cell(.fill), line: row.line), try builder.reason(cell(.reason), line: row.line)
    )
    builder.change {
      $0.fill = fill
      $0.reason = reason
      $0.note = cell(.note).isEmpty ? nil : PrivateText(cell(.note))
    }
  }
}
