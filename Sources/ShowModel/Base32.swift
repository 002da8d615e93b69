/// Base 32 (RFC 4648, 6) in lower case and without padding: what survives every app, mail and hand-written note.
package enum Base32 {
  package static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

  /// The first bits of `bytes`, five a character.
  /// - Parameter count: of characters, at most 8 for each 5 bytes.
  package static func text(_ bytes: [UInt8], count: Int) -> String {
    var (characters, bits, held): ([UInt8], UInt32, Int) = ([], 0, 0)
    characters.reserveCapacity(count)
    for byte in bytes where characters.count < count {
      bits = (bits << 8 | UInt32(byte)) & 0xfff
      held += 8
      while held >= 5, characters.count < count {
        held -= 5
        characters.append(alphabet[Int(bits >> UInt32(held) & 31)])
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  package static func random(count: Int, using source: inout some RandomNumberGenerator) -> String {
    String(decoding: (0..<count).map { _ in alphabet[Int(source.next(upperBound: 32 as UInt32))] }, as: UTF8.self)
  }

  package static func isText(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x32...0x37).contains($0) }
  }
}
