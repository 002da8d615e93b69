import PCM
import Redact
import ShowModel

/// What was covered, as a table for people.
enum CoverTable {
  static func text(_ plan: RedactionPlan, title: String?, showsLabels: Bool) -> String {
    let rate = plan.format.rate
    var rows = [["COVERED", "SECONDS", "FILL", "REASON", "MARKED"] + (showsLabels ? ["LABEL"] : [])]
    for cover in plan.covers {
      let time = cover.frames.time(at: rate)
      let marked = cover.ranges.map { "\(short($0.time.lowerBound))-\(short($0.time.upperBound))" }.joined(
        separator: " ")
      var row = [
        "\(short(time.lowerBound))-\(short(time.upperBound))", decimal(cover.frames.count.time(at: rate)),
        cover.fill.rawValue, cover.reasons.isEmpty ? "-" : cover.reasons.map(\.rawValue).joined(separator: "+"), marked,
      ]
      if showsLabels {
        row.append(
          cover.ranges.flatMap { [$0.label, $0.note] }.compactMap { $0.map { visible($0.revealed) } }.joined(
            separator: "; "))
      }
      rows.append(row)
    }
    let all = plan.length.time(at: rate)
    let summary =
      "\(plan.covers.count) covered, \(decimal(plan.coveredCount.time(at: rate))) of \(decimal(all)) seconds. "
      + "Each was widened to whole frames"
      + (plan.settings == .exact(fill: plan.settings.fill)
        ? ".\n"
        : ", by \(decimal(plan.settings.pad)) on each side and to at least \(decimal(plan.settings.shortest)); "
          + "gaps under \(decimal(plan.settings.join)) were joined.\n")
    return (title.map { "\($0):\n" } ?? "") + Terminal.table(rows) + summary
  }

  private static func short(_ time: MediaTime) -> String {
    MediaTime(milliseconds: (time.nanoseconds + 500_000) / 1_000_000).description
  }

  private static func decimal(_ time: MediaTime) -> String {
    MediaTime(milliseconds: (time.nanoseconds + 500_000) / 1_000_000).decimalSeconds
  }

  /// A label can't move the cursor, colour the screen, or change the order in which its line is read.
  static func visible(_ text: String) -> String {
    let hidden: [Unicode.GeneralCategory] = [.control, .lineSeparator, .paragraphSeparator]
    return String(
      text.unicodeScalars.map { scalar in
        let properties = scalar.properties
        return hidden.contains(properties.generalCategory) || properties.isBidiControl ? " " : Character(scalar)
      })
  }
}
