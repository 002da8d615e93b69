/// The cells of a row as RFC 4180 has them: quoted cells may hold separators, doubled quotes and line ends.
///
/// Read scalar by scalar: for Swift, a separator with an accent behind it is one character, and no separator.
package struct CellScanner {
  private let separator: Unicode.Scalar
  private var done: [String] = []
  private var cell = String.UnicodeScalarView()
  /// Whether a quoted cell is not closed yet.
  package private(set) var isOpen = false
  private var wasQuoted = false
  /// Whether nothing but a separator or the end came behind each closing quote (RFC 4180, 2.5).
  package private(set) var isSound = true

  package init(separator: Unicode.Scalar) { self.separator = separator }

  package var cells: [String] { done + [String(cell)] }

  package mutating func takeLineEnd() { cell.append("\n") }

  package mutating func take(_ line: Substring) {
    for character in line.unicodeScalars {
      if character == "\"" {
        takeQuote()
      } else if character == separator, !isOpen {
        done.append(String(cell))
        (cell, wasQuoted) = (String.UnicodeScalarView(), false)
      } else {
        isSound = isSound && (isOpen || !wasQuoted || character.properties.isWhitespace)
        cell.append(character)
      }
    }
  }

  /// A quote right behind a closed one stands for itself.
  private mutating func takeQuote() {
    if isOpen {
      isOpen = false
      wasQuoted = true
    } else if wasQuoted {
      cell.append("\"")
      isOpen = true
    } else if cell.isEmpty {
      isOpen = true
    } else {
      cell.append("\"")
    }
  }
}
