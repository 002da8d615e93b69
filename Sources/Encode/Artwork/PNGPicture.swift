/// The chunks of a PNG (W3C, "Portable Network Graphics Specification", third edition) that draw it: those that must be
/// there, and transparency and colour where they are a few numbers.
enum PNGPicture {
  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// The name, and the most bytes it may have where it could hold more than numbers.
  private static let essential: [String: Int] = [
    "IHDR": 13, "PLTE": 768, "IDAT": .max, "IEND": 0, "tRNS": 256, "gAMA": 4, "cHRM": 32, "sRGB": 1,
  ]

  static func essentials(of file: [UInt8]) throws -> [UInt8] {
    var kept = signature
    var offset = signature.count
    var hasData = false
    for number in 0..<EncodeLimits.artworkSegments {
      guard offset + 12 <= file.count else { break }
      let length = Int(long(file, offset))
      guard length <= file.count - offset - 12 else { break }
      let chunk = file[offset..<(offset + 12 + length)]
      let name = String(decoding: chunk.dropFirst(4).prefix(4), as: UTF8.self)
      guard checksum(chunk.dropFirst(4).dropLast(4)) == long(file, offset + 8 + length) else { break }
      guard (name == "IHDR") == (number == 0) else { break }
      offset += chunk.count
      hasData = hasData || name == "IDAT"
      guard let most = essential[name] else {
        // A critical chunk that is unknown: without it the picture is another one (5.4, "Chunk naming conventions").
        guard name.utf8.first.map({ $0 & 0x20 != 0 }) == true else { break }
        continue
      }
      guard length <= most else { break }
      kept += chunk
      if name == "IEND", hasData { return kept }
    }
    throw EncodeError.artworkBroken("PNG")
  }

  private static func long(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[offset + $1]) }
  }

  /// CRC-32 (Annex D of the specification).
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xff)] ^ crc >> 8 }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ value >> 1 : value >> 1 }
  }
}
