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
    guard let text = Self.decoded(bytes), !text.unicodeScalars.contains(where: Self.isBinary) else {
      throw errors.error(
        .notAList, line: nil, "this file holds no text", "Export the marks as a label file, a CSV or a subtitle file.")
    }
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    guard lines.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else { throw errors.empty() }
  }

  private static func decoded(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { return String(validating: bytes.dropFirst(3), as: UTF8.self) }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      let isLittle = bytes[0] == 0xff
      guard bytes.count.isMultiple(of: 2) else { return nil }
      let units = stride(from: 2, to: bytes.count, by: 2).map { index in
        let pair = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
        return isLittle ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1
      }
      return String(validating: units, as: UTF16.self)
    }
    return String(validating: bytes, as: UTF8.self) ?? String(bytes: bytes, encoding: .windowsCP1252)
  }

  private static func isBinary(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 32 && !["\t", "\n", "\r"].contains(scalar) || scalar.value == 0x7f
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
