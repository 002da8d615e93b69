import Foundation

/// Text of which nobody says how it is written.
enum TextBytes {
  /// UTF-8 where that is possible, otherwise Windows-1252, up to the first NUL.
  static func decode(_ bytes: some Sequence<UInt8>) -> String {
    let bytes = Array(bytes.prefix { $0 != 0 })
    return String(validating: bytes, as: UTF8.self) ?? String(data: Data(bytes), encoding: .windowsCP1252)
      ?? String(decoding: bytes, as: UTF8.self)
  }
}

/// What stands between the marks of an XML text, such as iXML or XMP.
enum XMLTexts {
  /// Not a parser of XML: a broken one gives away as much as a good one.
  static func of(_ xml: String) -> [String] {
    xml.split(separator: "<").compactMap { piece in
      guard let end = piece.firstIndex(of: ">") else { return nil }
      let text = unescaped(String(piece[piece.index(after: end)...]))
      return text.contains(where: \.isLetter) ? text : nil
    }
  }

  private static func unescaped(_ text: String) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
    return marks.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
  }
}
