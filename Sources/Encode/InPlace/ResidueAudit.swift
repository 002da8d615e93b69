import MPEG

/// Looks for main data of replaced MP3 frames in what was written in their place.
///
/// Everything else of the file was copied from MP3 frames that stay.
struct ResidueAudit {
  /// Bytes in a row that are no chance any more.
  private static let run = 8

  private let removed: Set<UInt64>
  private let length: Int

  init(_ zone: Zone) {
    // A cover over a cover: the tone that is there may be the tone that was there.
    let filled = Set(zone.filled.flatMap { Self.words($0[...]) })
    removed = Set(zone.removed.flatMap(Self.words)).subtracting(filled)
    length = zone.bytes.count
  }

  /// - Throws: `EncodeError` `.residue`.
  func check(_ file: FileReader, at offset: Int64) throws {
    let bytes = try file.bytes(at: offset, count: length)
    guard removed.isDisjoint(with: Self.words(bytes[...])) else { throw EncodeError.residue() }
  }

  /// Eight bytes from each place on; without those that have hardly any content, such as zeros.
  private static func words(_ bytes: ArraySlice<UInt8>) -> [UInt64] {
    guard bytes.count >= run else { return [] }
    var word: UInt64 = 0
    var words: [UInt64] = []
    for (index, byte) in bytes.enumerated() {
      word = word << 8 | UInt64(byte)
      if index >= run - 1, !isDull(word) { words.append(word) }
    }
    return words
  }

  /// The same byte or pair of bytes throughout.
  private static func isDull(_ word: UInt64) -> Bool { word == word << 16 | word >> 48 }
}

extension EncodeError.Code {
  package static let residue = Self(rawValue: "residue")
}

extension EncodeError {
  static func residue() -> EncodeError {
    EncodeError(
      .residue, problem: "bytes of covered sound were found in the output, which was not kept",
      remedy: "Run it again with --in-place never, and please report this.", exit: .software)
  }
}
