import Foundation
import Ingest
import Master
import PCM
import Production
import ShowModel

/// What `inspect` found, as tables for people.
enum InspectionTable {
  static func text(_ inspection: Inspection) -> String {
    [facts(inspection), tags(inspection.tags), chapters(inspection.chapters), pictures(inspection.pictures)]
      .filter { !$0.isEmpty }.map { $0 + "\n" }.joined() + findings(inspection.findings)
  }

  private static func facts(_ inspection: Inspection) -> String {
    let sound = inspection.description
    let codec = sound.codec == sound.container ? sound.codec : "\(sound.container), \(sound.codec)"
    let bits = sound.isLossless ? ", \(sound.bits) bits" : ""
    return Terminal.table([
      ["FILE", "\(inspection.place), \(inspection.byteCount) bytes"], ["FORMAT", codec + bits],
      ["LENGTH", short(inspection.length.time(at: sound.format.rate))],
      ["RATE", "\(sound.format.rate.hertz) Hz, \(channels(sound.format.channels))"],
      ["BIT RATE", bitRate(inspection)], ["LOUDNESS", loudness(inspection.loudness)],
      ["PEAK", peak(inspection.loudness)],
    ])
  }

  private static func channels(_ count: Int) -> String {
    count == 1 ? "mono" : count == 2 ? "stereo" : "\(count) channels"
  }

  private static func bitRate(_ inspection: Inspection) -> String {
    guard let encoding = inspection.encoding else { return "\(inspection.kilobits) kbit/s on average" }
    let encoder = encoding.encoder.map { ", encoded with \(visible($0))" } ?? ""
    return "\(encoding.rate.rawValue) \(encoding.kilobits) kbit/s\(encoder)"
  }

  private static func loudness(_ loudness: Loudness) -> String {
    "\(level(loudness.integrated, "LUFS")), range \(decimal(loudness.range)) LU"
  }

  private static func peak(_ loudness: Loudness) -> String {
    "\(level(loudness.samplePeak, "dBFS")), true peak \(level(loudness.truePeak, "dBTP"))"
  }

  private static func level(_ value: Double?, _ unit: String) -> String {
    value.map { "\(decimal($0)) \(unit)" } ?? "silence"
  }

  private static func tags(_ tags: [FoundTags.Text]) -> String {
    table(["TAG", "SAYS"], tags.map { [$0.kind.rawValue, visible($0.text.revealed)] })
  }

  private static func chapters(_ chapters: [Chapter]) -> String {
    table(
      ["CHAPTER", "UNTIL", "TITLE", "ADDRESS"],
      chapters.map { [short($0.start), $0.end.map(short) ?? "-", visible($0.title), visible($0.url ?? "-")] })
  }

  private static func pictures(_ pictures: [Inspection.Picture]) -> String {
    table(
      ["PICTURE", "PIXELS", "BYTES"],
      pictures.map { picture in
        let size = picture.facts.width.flatMap { width in picture.facts.height.map { "\(width) x \($0)" } }
        return [picture.facts.format ?? "unknown", size ?? "-", String(picture.byteCount)]
      })
  }

  private static func findings(_ findings: [Finding]) -> String {
    guard !findings.isEmpty else { return "Nothing was found that it gives away beside what is listed here.\n" }
    return table(
      ["GIVES AWAY", "WHERE", "WHAT", "WHAT TO DO"],
      findings.map { [$0.kind.rawValue, place($0), $0.content.map { visible($0.revealed) } ?? "-", $0.remedy] })
      + "podcast redact writes a file anew, and nothing of this comes over.\n"
  }

  private static func place(_ finding: Finding) -> String {
    let size = finding.length.map { ", \($0) bytes" } ?? ""
    let place = finding.offset.map { "byte \($0)" } ?? "-"
    return place + size + (finding.time.map { ", \(short($0))" } ?? "")
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    rows.isEmpty ? "" : Terminal.table([head] + rows)
  }

  /// As much of a text as fits in a line, unable to move the cursor or to colour the screen.
  private static func visible(_ text: String) -> String {
    let line = CoverTable.visible(text)
    return line.count > 200 ? line.prefix(199) + "…" : line
  }

  private static func short(_ time: MediaTime) -> String {
    MediaTime(milliseconds: (time.nanoseconds + 500_000) / 1_000_000).description
  }

  private static func decimal(_ value: Double) -> String { String(format: "%.1f", value) }
}
