/// The marker segments of a JPEG (ITU-T T.81, Annex B) that draw it: tables, frames and scans, and of the application
/// segments JFIF (density, without its thumbnail) and Adobe (which colours the numbers mean).
enum JPEGPicture {
  static let signature: [UInt8] = [0xff, 0xd8, 0xff]

  private static let start: UInt8 = 0xd8
  private static let end: UInt8 = 0xd9
  private static let scan: UInt8 = 0xda

  static func essentials(of file: [UInt8]) throws -> [UInt8] {
    var kept: [UInt8] = [0xff, start]
    var offset = 2
    var hasScan = false
    for _ in 0..<EncodeLimits.artworkSegments {
      let marker = try self.marker(in: file, at: &offset)
      if marker == end {
        guard hasScan else { throw EncodeError.artworkBroken("JPEG") }
        return kept + [0xff, end]
      }
      let body = try self.body(in: file, at: &offset)
      if let segment = try essential(marker, body) { kept += [0xff, marker] + length(segment.count) + segment }
      if marker == scan {
        hasScan = true
        kept += entropyCoded(in: file, at: &offset)
      }
    }
    throw EncodeError.artworkBroken("JPEG")
  }

  /// Any number of 0xff may stand in front of one.
  private static func marker(in file: [UInt8], at offset: inout Int) throws -> UInt8 {
    guard offset < file.count, file[offset] == 0xff else { throw EncodeError.artworkBroken("JPEG") }
    while offset < file.count, file[offset] == 0xff { offset += 1 }
    guard offset < file.count else { throw EncodeError.artworkBroken("JPEG") }
    offset += 1
    return file[offset - 1]
  }

  private static func body(in file: [UInt8], at offset: inout Int) throws -> ArraySlice<UInt8> {
    guard offset + 2 <= file.count else { throw EncodeError.artworkBroken("JPEG") }
    let size = Int(file[offset]) << 8 | Int(file[offset + 1])
    guard size >= 2, offset + size <= file.count else { throw EncodeError.artworkBroken("JPEG") }
    defer { offset += size }
    return file[(offset + 2)..<(offset + size)]
  }

  private static func essential(_ marker: UInt8, _ body: ArraySlice<UInt8>) throws -> [UInt8]? {
    switch marker {
    // Frames and their tables (0xc8 is reserved), scans, DQT, DNL, DRI.
    case 0xc0...0xc7, 0xc9...0xcf, 0xda...0xdd: return Array(body)
    case 0xe0 where body.starts(with: Array("JFIF\0".utf8)) && body.count >= 14: return Array(body.prefix(12)) + [0, 0]
    case 0xee where body.starts(with: Array("Adobe".utf8)) && body.count >= 12: return Array(body.prefix(12))
    case 0xe0...0xef, 0xfe: return nil
    default: throw EncodeError.artworkBroken("JPEG")
    }
  }

  private static func length(_ count: Int) -> [UInt8] { [UInt8((count + 2) >> 8), UInt8((count + 2) & 0xff)] }

  /// Up to the next marker that is neither a stuffed zero nor a restart.
  private static func entropyCoded(in file: [UInt8], at offset: inout Int) -> ArraySlice<UInt8> {
    let from = offset
    while offset < file.count {
      let next = offset + 1 < file.count ? file[offset + 1] : 0
      if file[offset] == 0xff, next != 0, !(0xd0...0xd7).contains(next) { break }
      offset += 1
    }
    return file[from..<offset]
  }
}
