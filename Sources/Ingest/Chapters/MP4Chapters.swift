import PCM

/// Lines of a time and a title, as `mp4chaps` and Auphonic write them: `00:01:02.500 Title <https://…>`, the address
/// being optional.
enum MP4Chapters {
  static func read(_ lines: [Substring], into builder: inout ChapterBuilder) throws {
    for (index, line) in lines.enumerated() {
      let line = line.trimmed
      if line.isEmpty { continue }
      let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
      guard words[0].contains(":"), words[0].first?.isNumber == true else {
        throw isFirst(index, lines) ? builder.errors.unknownFormat() : builder.errors.badLine(index + 1)
      }
      let (title, url) = parts(words.count > 1 ? words[1].trimmed : "")
      try builder.add(String(words[0]), title: title, url: url, line: index + 1)
    }
  }

  private static func isFirst(_ index: Int, _ lines: [Substring]) -> Bool {
    lines[..<index].allSatisfy { $0.allSatisfy(\.isWhitespace) }
  }

  private static func parts(_ text: String) -> (title: String, url: String?) {
    guard text.hasSuffix(">"), let mark = text.lastIndex(of: "<"), text[mark...].hasPrefix("<http") else {
      return (text, nil)
    }
    return (text[..<mark].trimmed, String(text[text.index(after: mark)...].dropLast()))
  }
}
