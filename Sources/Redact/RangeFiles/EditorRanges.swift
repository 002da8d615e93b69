import Foundation
import PCM
import ShowModel

/// Adobe Audition's markers: tab-separated, with a duration instead of an end.
enum AuditionRanges {
  static let header = "Name\tStart\tDuration\tTime Format\tType\tDescription"

  static func read(_ text: RangeText) throws -> [RedactionRange] {
    var builder = RangeBuilder(text.errors)
    for row in try Delimited(text, separator: "\t").rows.dropFirst() {
      guard (3...6).contains(row.cells.count) else {
        throw text.errors.badLine(header.replacingOccurrences(of: "\t", with: " ⇥ "), line: row.line)
      }
      if row.cells.count > 3, !["", "decimal"].contains(RangeBuilder.plain(row.cells[3])) {
        throw text.errors.error(
          .badTime, line: row.line, "the times are not decimal seconds",
          "In Audition choose View, Display Time Format, Decimal, and export the markers again.")
      }
      try builder.add(row.cells[1], lasting: row.cells[2], line: row.line, label: row.cells[0])
      if row.cells.count == 6, !row.cells[5].isEmpty { builder.change { $0.note = PrivateText(row.cells[5]) } }
    }
    return try builder.finished()
  }
}

/// REAPER's regions.
enum ReaperRanges {
  static func read(_ text: RangeText) throws -> [RedactionRange] {
    var builder = RangeBuilder(text.errors)
    for row in try Delimited(text, separator: ",").rows.dropFirst() {
      guard (4...6).contains(row.cells.count), let kind = row.cells[0].first else {
        throw text.errors.badLine("R1,name,1:02.500,1:03.100,0:00.600", line: row.line)
      }
      guard kind == "R" else {
        throw text.errors.error(
          .point, line: row.line, "this is a marker, not a region",
          "Make a region of it in REAPER, with a start and an end: how much to cover is never guessed.")
      }
      try builder.add(row.cells[2], row.cells[3], line: row.line, label: row.cells[1])
    }
    return try builder.finished()
  }
}

/// Audacity's labels: `start⇥end⇥label`, and perhaps a line `\⇥low⇥high` of frequencies.
enum AudacityRanges {
  static func read(_ text: RangeText) throws -> [RedactionRange] {
    var builder = RangeBuilder(text.errors)
    for (index, line) in text.lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let cells = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      if cells.first == "\\", !builder.ranges.isEmpty { continue }
      guard cells.count >= 2 else { throw text.errors.badLine("62.500000 ⇥ 63.100000 ⇥ label", line: index + 1) }
      let label = cells.count == 3 ? String(cells[2]).trimmingCharacters(in: .whitespaces) : nil
      try builder.add(cells[0], cells[1], line: index + 1, label: label)
    }
    return try builder.finished()
  }
}

/// EDL of Kodi and MPlayer: `start end action`. Cut (0) and mute (1) both mean: this must not be heard.
enum EDLRanges {
  static func read(_ text: RangeText) throws -> [RedactionRange] {
    var builder = RangeBuilder(text.errors)
    for (index, line) in text.lines.enumerated() {
      let cells = line.split(whereSeparator: \.isWhitespace)
      guard let first = cells.first else { continue }
      if first.hasPrefix("#") {
        guard first.dropFirst().first?.isNumber != true else {
          throw text.errors.error(
            .badTime, line: index + 1, "this range is given in video frames",
            "Write seconds: divide by the video frames of a second. A comment has a space behind its #.")
        }
        continue
      }
      guard cells.count == 3 else { throw text.errors.badLine("62.500 63.100 1", line: index + 1) }
      guard cells[2] == "0" || cells[2] == "1" else {
        throw text.errors.error(
          .badWord, line: index + 1, "the action is neither 0 (cut) nor 1 (mute)",
          "Remove scene marks and advertising from the list, or give them action 1.")
      }
      try builder.add(cells[0], cells[1], line: index + 1)
    }
    return try builder.finished()
  }
}
