import PCM
import ShowModel

/// Rows of cells as RFC 4180 has them.
struct Delimited {
  struct Row {
    let line: Int
    let cells: [String]
  }

  let separator: Unicode.Scalar
  let rows: [Row]

  /// - Parameter separator: nil: `;` where the first line has one, else a tab, else `,`.
  /// - Throws: `RedactError` `.badLine` for a quote that is never closed, with the line it opens in.
  init(_ text: RangeText, separator wanted: Unicode.Scalar? = nil) throws {
    let first = (text.lines.first { !$0.allSatisfy(\.isWhitespace) } ?? "").unicodeScalars
    separator = wanted ?? (first.contains(";") ? ";" : first.contains("\t") ? "\t" : ",")
    var rows: [Row] = []
    var index = 0
    while index < text.lines.count {
      let line = index + 1
      var scanner = CellScanner(separator: separator)
      scanner.take(text.lines[index])
      index += 1
      while scanner.isOpen, index < text.lines.count {
        guard !Self.looksLikeRange(text.lines[index], separator) else { throw Self.swallows(text.errors, line) }
        scanner.takeLineEnd()
        scanner.take(text.lines[index])
        index += 1
      }
      guard !scanner.isOpen else {
        throw text.errors.error(.badLine, line: line, "a quotation mark is never closed", "Close it, or remove it.")
      }
      guard scanner.isSound else { throw Self.swallows(text.errors, line) }
      let cells = scanner.cells
      if !cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { rows.append(Row(line: line, cells: cells)) }
    }
    self.rows = rows
  }

  /// Whether a line within quotes begins as a row does: two times. A quote forgotten further up then hides a range.
  private static func looksLikeRange(_ line: Substring, _ separator: Unicode.Scalar) -> Bool {
    let cells = line.unicodeScalars.split(separator: separator, maxSplits: 2, omittingEmptySubsequences: false)
      .prefix(2).map { Substring($0) }
    return cells.count == 2
      && cells.allSatisfy { cell in
        let text = cell.drop(while: \.isWhitespace)
        return TimeText.parse(text.prefix { !$0.isWhitespace }, rounding: .down) != nil
      }
  }

  private static func swallows(_ errors: RangeFileErrors, _ line: Int) -> RedactError {
    errors.error(
      .badLine, line: line, "the quotation marks of this line do not match, and may hide what comes behind it",
      "Put each text between two quotation marks, and double those within it.")
  }
}
