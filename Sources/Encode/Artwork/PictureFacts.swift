/// What an embedded picture is, and what it carries beside what is seen.
package struct PictureFacts: Hashable, Sendable {
  /// `JPEG`, `PNG`, …; nil where it is not known.
  package let format: String?
  package let width, height: Int?
  /// Whether it has colours made of red, green and blue: neither greys nor the inks of print.
  package let isRGB: Bool
  /// Bytes that do not draw it: EXIF, comments, profiles, thumbnails; nil where the format is not looked into.
  package let surplus: Int?
  /// Whether another picture is inside it.
  package let holdsPicture: Bool

  package init(_ bytes: [UInt8]) {
    let isPNG = bytes.starts(with: PNGPicture.signature)
    let isJPEG = bytes.starts(with: JPEGPicture.signature)
    format = isPNG ? "PNG" : isJPEG ? "JPEG" : Self.others.first { bytes.starts(with: $0.0) }?.1
    let size = isPNG ? Self.size(ofPNG: bytes) : isJPEG ? Self.size(ofJPEG: bytes) : nil
    (width, height, isRGB) = (size?.width, size?.height, size?.isRGB ?? false)
    surplus = (try? Artwork(bytes)).map { max(0, bytes.count - $0.bytes.count) }
    holdsPicture = isJPEG && Self.holdsJPEG(bytes.dropFirst(2))
  }

  private static let others: [([UInt8], String)] =
    [("GIF8", "GIF"), ("RIFF", "WebP"), ("BM", "BMP"), ("II*\0", "TIFF"), ("MM\0*", "TIFF"), ("<svg", "SVG")]
    .map { (Array($0.0.utf8), $0.1) }

  /// Colour types 2, 3 and 6 have colours (PNG, 11.2.1).
  private static func size(ofPNG bytes: [UInt8]) -> (width: Int, height: Int, isRGB: Bool)? {
    guard bytes.count >= 26 else { return nil }
    let number = { (at: Int) in bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20), [2, 3, 6].contains(bytes[25]))
  }

  /// From the frame header (ITU-T T.81, B.2.2).
  private static func size(ofJPEG bytes: [UInt8]) -> (width: Int, height: Int, isRGB: Bool)? {
    var offset = 2
    while offset + 10 <= bytes.count, bytes[offset] == 0xff {
      let marker = bytes[offset + 1]
      if marker == 0xff {
        offset += 1
        continue
      }
      if (0xc0...0xcf).contains(marker), ![0xc4, 0xc8, 0xcc].contains(marker) {
        let number = { (at: Int) in Int(bytes[at]) << 8 | Int(bytes[at + 1]) }
        return (number(offset + 7), number(offset + 5), bytes[offset + 9] == 3)
      }
      offset += 2 + (Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3]))
    }
    return nil
  }

  /// Entropy-coded data of a JPEG never has these bytes, so that they begin a picture.
  private static func holdsJPEG(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.indices.dropLast(2).contains { bytes[$0] == 0xff && bytes[$0 + 1] == 0xd8 && bytes[$0 + 2] == 0xff }
  }
}
