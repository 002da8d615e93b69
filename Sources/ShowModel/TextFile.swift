import Foundation

/// Files of text, whatever program wrote them.
package enum TextFile {
  /// UTF-8 with or without a byte order mark, UTF-16 with one, otherwise Windows-1252.
  /// - Returns: nil for what is no text.
  package static func text(_ bytes: [UInt8]) -> String? {
    guard let text = decoded(bytes), !text.unicodeScalars.contains(where: isBinary) else { return nil }
    return text
  }

  /// Without their ends; the first is line 1.
  package static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
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
}
