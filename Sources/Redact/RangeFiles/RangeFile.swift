import Foundation
import PCM
import ShowModel

/// Reads lists of ranges. Which format a file has is told by its content; its extension only helps where two formats
/// look alike.
package enum RangeFile {
  /// - Parameter path: `-` for standard input.
  /// - Throws: `RedactError` with the file, the line and what to do. One bad line refuses the whole file.
  package static func read(
    path: String, options: RangeFileOptions = RangeFileOptions()
  ) throws -> (ranges: [RedactionRange], format: RangeFormat) {
    let errors = RangeFileErrors(file: path == "-" ? "standard input" : path)
    let handle: FileHandle
    if path == "-" {
      handle = .standardInput
    } else {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
        let opened = FileHandle(forReadingAtPath: path)
      else { throw unreadable(errors) }
      handle = opened
    }
    defer { if path != "-" { try? handle.close() } }
    do {
      let start = try handle.read(upToCount: 12) ?? Data()
      if path != "-", isWAV(Array(start)) { return (try readCues(handle, name: errors.file), .cue) }
      let rest = try handle.read(upToCount: RangeLimits.bytes + 1) ?? Data()
      return try read(Array(start + rest), name: errors.file, options: options)
    } catch let error as RedactError { throw error } catch { throw unreadable(errors) }
  }

  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: for errors; its extension helps.
  package static func read(
    _ bytes: [UInt8], name: String, options: RangeFileOptions = RangeFileOptions()
  ) throws -> (ranges: [RedactionRange], format: RangeFormat) {
    guard bytes.count <= RangeLimits.bytes else {
      let errors = RangeFileErrors(file: name)
      throw errors.error(
        .tooLarge, line: nil, "this file is too large for a list of ranges", "Check that it is the right file.")
    }
    if isWAV(bytes) {
      let ranges = try CueRanges.read(name: name) { offset, count in
        offset < Int64(bytes.count) ? Array(bytes[Int(offset)...].prefix(count)) : []
      }
      return (ranges, .cue)
    }
    let text = try RangeText(bytes, name: name)
    let format = format(of: text, ending: (name as NSString).pathExtension.lowercased())
    return (try read(text, as: format, options), format)
  }

  /// A range of the command line: `1:02.5-1:03.1`.
  package static func parseArgument(_ argument: String) throws -> RedactionRange {
    let place = Place(file: "--range")
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw RedactError(
        .badTime, at: place, problem: "this is not a start and an end",
        remedy: "Write it as --range 1:02.5-1:03.1", exit: .usage)
    }
    do {
      var builder = RangeBuilder(RangeFileErrors(file: place.file))
      try builder.add(parts[0], parts[1], line: 1)
      builder.change { $0.place = place }
      return builder.ranges[0]
    } catch let error as RedactError {
      throw RedactError(error.code, at: place, problem: error.problem, remedy: error.remedy, exit: .usage)
    }
  }

  private static func read(
    _ text: RangeText, as format: RangeFormat, _ options: RangeFileOptions
  ) throws -> [RedactionRange] {
    switch format {
    case .audacity: try AudacityRanges.read(text)
    case .audition: try AuditionRanges.read(text)
    case .reaper: try ReaperRanges.read(text)
    case .srt: try SubtitleRanges.read(text, isVTT: false)
    case .vtt: try SubtitleRanges.read(text, isVTT: true)
    case .edl: try EDLRanges.read(text)
    case .cmx: try CMXRanges.read(text, options)
    case .json: try JSONRanges.read(text)
    case .csv, .cue: try CSVRanges.read(text)
    }
  }

  private static func format(of text: RangeText, ending: String) -> RangeFormat {
    let lines = text.lines.filter { !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("#") || $0.hasPrefix("#,") }
    guard let first = lines.first else { return ending == "edl" ? .edl : .csv }
    if first.hasPrefix("WEBVTT") { return .vtt }
    if first.hasPrefix("{") || first.hasPrefix("[") { return .json }
    if first.hasPrefix("Name\tStart\tDuration") { return .audition }
    if first.hasPrefix("#,Name,Start,End") { return .reaper }
    if first.hasPrefix("TITLE:") || first.hasPrefix("FCM:") || isEvent(first) { return .cmx }
    if lines.prefix(3).contains(where: isCue) { return .srt }
    let words = first.split(whereSeparator: \.isWhitespace)
    if ending == "edl" || words.count == 3 && !first.contains("\t") && words.allSatisfy(isNumeric) { return .edl }
    if ["srt", "vtt", "json"].contains(ending) { return RangeFormat(rawValue: ending) ?? .csv }
    let cells = first.split(separator: "\t", omittingEmptySubsequences: false)
    // A sheet as a spreadsheet saves it as text, with its columns of fill and reason.
    if cells.count >= 4, RangeBuilder.isFill(cells[2]) { return .csv }
    return cells.count >= 2 && ending != "csv" && ending != "tsv" && isNumeric(cells[0]) ? .audacity : .csv
  }

  private static func isEvent(_ line: Substring) -> Bool {
    let words = line.split(whereSeparator: \.isWhitespace)
    return words.count >= 8 && words[0].allSatisfy(\.isNumber)
      && words.suffix(4).allSatisfy { $0.filter { $0 == ":" || $0 == ";" }.count == 3 }
  }

  /// An arrow behind a time: labels may hold one as well.
  private static func isCue(_ line: Substring) -> Bool {
    guard let arrow = line.range(of: "-->") else { return false }
    return TimeText.parse(line[..<arrow.lowerBound].trimmingCharacters(in: .whitespaces), rounding: .down) != nil
  }

  private static func isNumeric(_ text: Substring) -> Bool { text.first?.isNumber == true || text.first == "-" }

  private static func isWAV(_ bytes: [UInt8]) -> Bool {
    (bytes.starts(with: Array("RIFF".utf8)) || bytes.starts(with: Array("RF64".utf8)))
      && bytes.dropFirst(8).starts(with: Array("WAVE".utf8))
  }

  private static func readCues(_ handle: FileHandle, name: String) throws -> [RedactionRange] {
    try CueRanges.read(name: name) { offset, count in
      try handle.seek(toOffset: UInt64(offset))
      return Array(try handle.read(upToCount: count) ?? Data())
    }
  }

  private static func unreadable(_ errors: RangeFileErrors) -> RedactError {
    RedactError(
      .unreadable, at: Place(file: errors.file), problem: "this list of ranges can't be read",
      remedy: "Check its name, and that you may open it.", exit: .noInput)
  }
}
