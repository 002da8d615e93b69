import Foundation
import PCM
import ShowModel

/// SubRip and WebVTT (W3C): blocks apart by empty lines, each with a line `start --> end` and its text.
enum SubtitleRanges {
  static func read(_ text: RangeText, isVTT: Bool) throws -> [RedactionRange] {
    var builder = RangeBuilder(text.errors)
    for block in blocks(text) {
      // A cue that begins without an empty line before it would pass for text, and its range would stay open.
      let arrows = block.filter { $0.text.contains("-->") }
      if isVTT, isOther(block[0].text) {
        if let cue = arrows.first { throw noEmptyLine(text.errors, cue.line) }
        continue
      }
      if arrows.count > 1 { throw noEmptyLine(text.errors, arrows[1].line) }
      guard let timing = block.firstIndex(where: { $0.text.contains("-->") }), timing <= 1 else {
        throw text.errors.badLine("00:01:02,500 --> 00:01:03,100", line: block[0].line)
      }
      let times = block[timing].text.components(separatedBy: "-->")
      // WebVTT has settings behind the end.
      let end = times[1].split(whereSeparator: \.isWhitespace)
      guard times.count == 2, let end = end.first else {
        throw text.errors.badLine("00:01:02,500 --> 00:01:03,100", line: block[timing].line)
      }
      let label = block[(timing + 1)...].map { String($0.text) }.joined(separator: "\n")
      try builder.add(
        times[0].trimmingCharacters(in: .whitespaces), end, line: block[timing].line, label: label)
    }
    return try builder.finished()
  }

  private static func noEmptyLine(_ errors: RangeFileErrors, _ line: Int) -> RedactError {
    errors.error(.badLine, line: line, "a subtitle begins here without an empty line before it", "Put one before it.")
  }

  private static func blocks(_ text: RangeText) -> [[(line: Int, text: Substring)]] {
    var blocks: [[(line: Int, text: Substring)]] = [[]]
    for (index, line) in text.lines.enumerated() {
      if line.allSatisfy(\.isWhitespace) {
        blocks.append([])
      } else {
        blocks[blocks.count - 1].append((index + 1, line))
      }
    }
    return blocks.filter { !$0.isEmpty }
  }

  private static func isOther(_ first: Substring) -> Bool {
    ["WEBVTT", "NOTE", "STYLE", "REGION"].contains {
      first == $0 || first.hasPrefix($0 + " ") || first.hasPrefix($0 + "\t")
    }
  }
}
