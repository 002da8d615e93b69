import Foundation
import ShowModel

/// The text of a range file, whatever program wrote it.
struct RangeText {
  /// Without their ends; the first is line 1.
  let lines: [Substring]
  let errors: RangeFileErrors

  /// UTF-8 with or without a byte order mark, UTF-16 with one, otherwise Windows-1252.
  /// - Throws: `RedactError` `.notAList` for what is no text.
  init(_ bytes: [UInt8], name: String) throws {
    errors = RangeFileErrors(file: name)
    if let other = Self.otherKind(bytes) {
      throw errors.error(.notAList, line: nil, "this is \(other.kind), not a list of ranges", other.remedy)
    }
    guard let text = TextFile.text(bytes) else {
      throw errors.error(
        .notAList, line: nil, "this file holds no text", "Export the marks as a label file, a CSV or a subtitle file.")
    }
    lines = TextFile.lines(text)
    guard lines.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else { throw errors.empty() }
  }

  private static func otherKind(_ bytes: [UInt8]) -> (kind: String, remedy: String)? {
    let spreadsheets: [[UInt8]] = [[0x50, 0x4b, 3, 4], [0xd0, 0xcf, 0x11, 0xe0]]
    if spreadsheets.contains(where: bytes.starts) {
      return ("a spreadsheet or an archive", "Open it and save the sheet as CSV.")
    }
    let sounds =
      ["RIFF", "RF64", "fLaC", "OggS", "ID3", "FORM", "caff"].map { Array($0.utf8) } + [[0xff, 0xfb], [0xff, 0xf3]]
    let isMovie = bytes.dropFirst(4).starts(with: Array("ftyp".utf8))
    if isMovie || sounds.contains(where: bytes.starts) {
      return ("a sound file", "Give the list of ranges with --ranges and the sound as the input.")
    }
    return nil
  }
}
