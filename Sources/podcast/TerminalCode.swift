import Foundation
import Publish

/// A QR code in characters, two modules a character.
enum TerminalCode {
  /// Black on white, whatever the terminal's own colours are; with `NO_COLOR`, in light blocks for a dark background.
  static func text(
    _ code: QRCode, hasColour: Bool = ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty != false
  ) -> String {
    let edge = QRCode.quietZone
    let (start, end) = hasColour ? ("\u{1b}[38;5;16;48;5;231m", "\u{1b}[0m") : ("", "")
    return stride(from: -edge, to: code.width + edge, by: 2).map { row in
      let cells = (-edge..<code.width + edge).map { column in
        // A block is drawn in the colour of the text: that of dark modules, or without colours that of light ones.
        let upper = code.isDark(column: column, row: row) == hasColour
        let lower = code.isDark(column: column, row: row + 1) == hasColour
        return upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ")
      }
      return "\(start)\(cells.joined())\(end)\n"
    }.joined()
  }
}
