import MPEG

/// Looks at what was written in place of MP3 frames, read back from the file: in the room of their main data there must
/// be nothing of it, and everything around it must be as it was.
struct ResidueAudit {
  /// Bytes in a row that are no chance any more.
  private static let run = 8

  private let zone: Zone
  private let length: Int

  init(_ zone: Zone) {
    self.zone = zone
    length = zone.bytes.count
  }

  /// - Throws: `EncodeError` `.residue`.
  func check(_ file: FileReader, at offset: Int64) throws {
    let data = try slots(of: file.bytes(at: offset, count: length))
    let rooms = zone.rooms.reduce(into: Set()) { $0.formUnion(Self.words(data[$1.clamped(to: data.indices)])) }
    // A cover over a cover: the tone that is there may be the tone that was there.
    let suspects = Set(zone.filled).reduce(into: rooms) { $0.subtract(Self.words($1[...])) }.filter(Self.isTelling)
    let isLeft = zone.removed.contains { !suspects.isDisjoint(with: Self.words($0)) }
    var position = 0
    for room in zone.rooms + [data.count..<data.count] {
      guard !isLeft, data.count == zone.before.count,
        data[position..<room.lowerBound] == zone.before[position..<room.lowerBound]
      else { throw EncodeError.residue() }
      position = room.upperBound
    }
  }

  private func slots(of bytes: [UInt8]) throws -> [UInt8] {
    var (slots, offset) = ([UInt8](), 0)
    while let frame = Frame(bytes[offset...]) {
      slots += frame.slot
      offset += frame.header.frameLength
    }
    guard offset == bytes.count else { throw EncodeError.residue() }
    return slots
  }

  /// Eight bytes from each place on.
  private static func words(_ bytes: ArraySlice<UInt8>) -> [UInt64] {
    guard bytes.count >= run else { return [] }
    var word: UInt64 = 0
    var words: [UInt64] = []
    words.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
      word = word << 8 | UInt64(byte)
      if index >= run - 1 { words.append(word) }
    }
    return words
  }

  /// Four different bytes or more. Zeros with a byte or two among them are in any main data: a long run of what was
  /// removed has words with more in them.
  private static func isTelling(_ word: UInt64) -> Bool {
    Set((0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }).count > 3
  }
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
