/// Text in a page. Whatever an editor wrote is text, never markup.
enum HTML {
  /// For content and for attributes in double quotes. What HTML has no place for becomes a space.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value & 0xfffe == 0xfffe
        result.unicodeScalars.append(isControl ? " " : scalar)
      }
    }
    return result
  }

  /// Paragraphs, where empty lines part them. The reader's browser finds the direction of each.
  static func paragraphs(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.split { $0.allSatisfy(\.isWhitespace) }.map { lines in
      "<p dir=\"auto\">\(escaped(lines.joined(separator: "\n")))</p>\n"
    }.joined()
  }
}
