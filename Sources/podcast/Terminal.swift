import Foundation
import ShowModel

/// What the user sees: data on standard output, messages and progress on standard error.
enum Terminal {
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static func print(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func message(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  static func error(_ error: any ExplainedError) { message("podcast: \(error)") }

  /// Columns as wide as their widest cell, apart by two spaces; the last is not padded.
  static func table(_ rows: [[String]]) -> String {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { index, cell in
        cell + String(repeating: " ", count: index == row.count - 1 ? 0 : widths[index] - cell.count)
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }
}

/// A bar with the time left, on a terminal, from the second second on.
final class ProgressBar {
  private let isShown: Bool
  private let start = Date()
  private var last = Date.distantPast
  private var wasDrawn = false

  init(isShown: Bool) { self.isShown = isShown && Terminal.errorIsTerminal }

  func update(_ fraction: Double) {
    let now = Date()
    guard isShown, fraction > 0, now.timeIntervalSince(start) > 1, now.timeIntervalSince(last) > 0.1 else { return }
    last = now
    wasDrawn = true
    let left = Int((now.timeIntervalSince(start) * (1 - fraction) / fraction).rounded(.up))
    let filled = Int(fraction * 30)
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 30 - filled)
    let time = "\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60)"
    FileHandle.standardError.write(Data("\r[\(bar)] \(Int(fraction * 100)) %, \(time) left  ".utf8))
  }

  func finish() {
    guard wasDrawn else { return }
    FileHandle.standardError.write(Data("\r\u{1b}[K".utf8))
  }
}
