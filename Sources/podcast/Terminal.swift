import Foundation
import ShowModel

/// What the user sees: data on standard output, messages and progress on standard error.
enum Terminal {
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static func print(_ text: String) { print(bytes: Array(text.utf8)) }

  /// Ends the program where nobody gets to see what was asked for: a full disk must not look like a short list.
  static func print(bytes: [UInt8], _ remedy: String = "Send it elsewhere, and run this again.") {
    guard !write(bytes, to: STDOUT_FILENO) else { return }
    let reason = errno == ENOSPC || errno == EDQUOT ? "the disk is full" : String(cString: strerror(errno))
    message("podcast: standard output can't be written: \(reason). \(remedy)")
    Foundation.exit(ExitStatus.inputOutput.rawValue)
  }

  static func message(_ text: String) { _ = write(Array((text + "\n").utf8), to: STDERR_FILENO) }

  /// `FileHandle.write` would trap where this says no.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  static func error(_ error: any ExplainedError) { message("podcast: \(error)") }

  /// Columns as wide as their widest cell, apart by two spaces; the last is not padded.
  static func table(_ rows: [[String]]) -> String {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { index, cell in
        cell + String(repeating: " ", count: index == row.count - 1 ? 0 : widths[index] - cell.count)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
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
    show("\r[\(bar)] \(Int(fraction * 100)) %, \(time) left  ")
  }

  func finish() {
    guard wasDrawn else { return }
    show("\r\u{1b}[K")
  }

  private func show(_ text: String) { _ = Terminal.write(Array(text.utf8), to: STDERR_FILENO) }
}
