import Foundation
import PCM
import ShowModel

extension RangeFile {
  /// The ranges as a file of `format`. Times are rounded outwards to what the format can say: a start never later, an
  /// end never earlier. Labels and notes are written where the format has a place for them.
  ///
  /// - Throws: `RedactError` `.cannotWrite` where the format can't say it, `.needsVideoRate` for CMX 3600 without one.
  package static func write(
    _ ranges: [RedactionRange], as format: RangeFormat, options: RangeFileOptions = RangeFileOptions()
  ) throws -> [UInt8] {
    let ranges = ranges.sorted { ($0.time.lowerBound, $0.time.upperBound) < ($1.time.lowerBound, $1.time.upperBound) }
    if format == .cue { return try CueRanges.write(ranges, rate: options.cueRate) }
    return Array(try text(ranges, as: format, options).utf8)
  }

  private static func text(
    _ ranges: [RedactionRange], as format: RangeFormat, _ options: RangeFileOptions
  ) throws -> String {
    switch format {
    case .csv, .cue: return lines(["start,end,fill,reason,label,note"] + ranges.map(csvRow))
    case .audacity: return lines(ranges.map(audacityLine))
    case .audition: return lines([AuditionRanges.header] + ranges.map(auditionRow))
    case .reaper:
      return lines(["#,Name,Start,End,Length"] + ranges.enumerated().map { reaperRow($0.offset + 1, $0.element) })
    case .srt:
      return ranges.enumerated().map { "\($0.offset + 1)\n" + cue($0.element, comma: true) }.joined(separator: "\n")
    case .vtt: return "WEBVTT\n\n" + ranges.map { cue($0, comma: false) }.joined(separator: "\n")
    case .edl: return lines(ranges.map { "\(seconds($0, .start, 3)) \(seconds($0, .end, 3)) 1" })
    case .json: return lines(["{\"version\": 1, \"ranges\": ["] + jsonRows(ranges) + ["]}"])
    case .cmx: return try cmx(ranges, options)
    }
  }

  private enum Side { case start, end }

  private static func lines(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }

  /// Rounded outwards to `places` decimals.
  private static func time(_ range: RedactionRange, _ side: Side, _ places: Int) -> MediaTime {
    let step = (0..<(9 - places)).reduce(Int64(1)) { value, _ in value * 10 }
    let (start, end) = (range.time.lowerBound.nanoseconds, range.time.upperBound.nanoseconds)
    return MediaTime(nanoseconds: side == .start ? start / step * step : (end + step - 1) / step * step)
  }

  private static func seconds(_ range: RedactionRange, _ side: Side, _ places: Int) -> String {
    time(range, side, places).decimalSeconds
  }

  /// `00:01:02.500`.
  private static func clock(_ time: MediaTime, hourDigits: Int, mark: String) -> String {
    let milliseconds = time.nanoseconds / 1_000_000
    let seconds = milliseconds / 1_000
    func padded(_ value: Int64, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
    }
    let hours = padded(seconds / 3_600, hourDigits)
    return
      "\(hours):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))\(mark)\(padded(milliseconds % 1_000, 3))"
  }

  private static func oneLine(_ text: PrivateText?) -> String {
    String((text?.revealed ?? "").map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }

  private static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let needsQuotes =
      scalars.contains { ",;\"\t\r\n".unicodeScalars.contains($0) } || scalars.first == " " || scalars.last == " "
    let doubled = String(String.UnicodeScalarView(scalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }))
    return needsQuotes ? "\"" + doubled + "\"" : text
  }

  private static func csvRow(_ range: RedactionRange) -> String {
    let cells = [
      range.time.lowerBound.decimalSeconds, range.time.upperBound.decimalSeconds, range.fill?.rawValue ?? "",
      range.reason?.rawValue ?? "", quoted(oneLine(range.label)), quoted(oneLine(range.note)),
    ]
    return cells.joined(separator: ",")
  }

  private static func audacityLine(_ range: RedactionRange) -> String {
    func six(_ side: Side) -> String {
      let text = seconds(range, side, 6)
      let places = text.split(separator: ".").last?.count ?? 0
      return text + String(repeating: "0", count: max(0, 6 - places))
    }
    return "\(six(.start))\t\(six(.end))\t\(oneLine(range.label))"
  }

  private static func auditionRow(_ range: RedactionRange) -> String {
    let (start, end) = (time(range, .start, 3), time(range, .end, 3))
    let cells = [
      quotedForTab(range.label), start.description, (end - start).description, "decimal", "Cue",
      quotedForTab(range.note),
    ]
    return cells.joined(separator: "\t")
  }

  private static func quotedForTab(_ text: PrivateText?) -> String {
    oneLine(text).replacingOccurrences(of: "\"", with: "'")
  }

  private static func reaperRow(_ number: Int, _ range: RedactionRange) -> String {
    let (start, end) = (time(range, .start, 3), time(range, .end, 3))
    return "R\(number),\(quoted(oneLine(range.label))),\(start),\(end),\(end - start)"
  }

  private static func cue(_ range: RedactionRange, comma: Bool) -> String {
    let times = [time(range, .start, 3), time(range, .end, 3)].map { clock($0, hourDigits: 2, mark: comma ? "," : ".") }
    let text = oneLine(range.label).replacingOccurrences(of: "-->", with: "→")
    return times.joined(separator: " --> ") + "\n" + (text.allSatisfy(\.isWhitespace) ? "" : text + "\n")
  }

  private static func jsonRows(_ ranges: [RedactionRange]) -> [String] {
    ranges.enumerated().map { index, range in
      var members = [
        "\"start\": \(range.time.lowerBound.decimalSeconds)", "\"end\": \(range.time.upperBound.decimalSeconds)",
      ]
      let texts: [(String, String?)] = [
        ("fill", range.fill?.rawValue), ("reason", range.reason?.rawValue), ("label", range.label?.revealed),
        ("note", range.note?.revealed),
      ]
      for case (let key, .some(let text)) in texts { members.append("\"\(key)\": \(jsonString(text))") }
      return "  {" + members.joined(separator: ", ") + "}" + (index == ranges.count - 1 ? "" : ",")
    }
  }

  private static func jsonString(_ text: String) -> String {
    "\""
      + text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        default:
          scalar.value < 32
            ? "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2) + String(scalar.value, radix: 16)
            : String(scalar)
        }
      }.joined() + "\""
  }

  private static func cmx(_ ranges: [RedactionRange], _ options: RangeFileOptions) throws -> String {
    guard let rate = options.videoRate else {
      throw RedactError(
        .needsVideoRate, problem: "the times of CMX 3600 are counted in video frames",
        remedy: "Say how many a second, for example --fps 25.", exit: .usage)
    }
    var rows = ["TITLE: RANGES", "FCM: NON-DROP FRAME", ""]
    for (index, range) in ranges.enumerated() {
      let start = TimeCode.text(range.time.lowerBound, rate: rate, rounding: .down)
      let end = TimeCode.text(range.time.upperBound, rate: rate, rounding: .up)
      let number = String(repeating: "0", count: max(0, 3 - String(index + 1).count)) + String(index + 1)
      rows.append("\(number)  AX       AA    C        \(start) \(end) \(start) \(end)")
      let label = oneLine(range.label)
      if !label.isEmpty { rows.append("* COMMENT: \(label)") }
    }
    return lines(rows)
  }
}
