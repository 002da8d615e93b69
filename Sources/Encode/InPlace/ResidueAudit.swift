import MPEG

/// Looks at what was written in place of MP3 frames, read back from the file: where their main data was, and in all of the
/// room that was overwritten, there must be nothing of it; and everything around that room must be as it was.
struct ResidueAudit {
  /// Bytes in a row that are no chance any more.
  private static let run = 8

  private let zone: Zone

  init(_ zone: Zone) { self.zone = zone }

  /// - Parameter bytes: what is in the file.
  /// - Throws: `EncodeError` `.residue`.
  func check(_ bytes: [UInt8]) throws {
    let data = try slots(of: bytes)
    let isLeft = isLeft(in: Self.joined(zone.rooms + zone.removed).map { data[$0.clamped(to: data.indices)] })
    var position = 0
    for room in zone.rooms + [data.count..<data.count] {
      guard !isLeft, data.count == zone.before.count,
        data[position..<room.lowerBound] == zone.before[position..<room.lowerBound]
      else { throw EncodeError.residue() }
      position = room.upperBound
    }
  }

  /// Those that overlap or meet are one.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, next in
      if let last = joined.last, next.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
      } else {
        joined.append(next)
      }
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

  /// Whether eight bytes in a row of what was removed are in `places`, and are not of what was put there: a cover over a
  /// cover, where the tone that is there may be the tone that was there.
  private func isLeft(in places: [ArraySlice<UInt8>]) -> Bool {
    let gone = zone.removed.map { zone.before[$0] }
    var removed = WordSieve(), suspects = Set<UInt64>()
    for data in gone { Self.eachWord(of: data) { removed.insert($0) } }
    for place in places {
      Self.eachWord(of: place) { word in
        if word != 0, removed.mayContain(word), Self.isTelling(word) { suspects.insert(word) }
      }
    }
    for data in Set(zone.filled) where !suspects.isEmpty { Self.eachWord(of: data[...]) { suspects.remove($0) } }
    var sieve = WordSieve(), isLeft = false
    for suspect in suspects { sieve.insert(suspect) }
    for data in gone where !suspects.isEmpty {
      Self.eachWord(of: data) { if sieve.mayContain($0), suspects.contains($0) { isLeft = true } }
    }
    return isLeft
  }

  /// Eight bytes from each place on.
  private static func eachWord(of bytes: ArraySlice<UInt8>, _ body: (UInt64) -> Void) {
    bytes.withUnsafeBytes { bytes in
      var place = 0
      while place <= bytes.count - run {
        body(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        place += 1
      }
    }
  }

  /// Four different bytes or more. Zeros with a byte or two among them are in any main data: a long run of what was
  /// removed has words with more in them.
  private static func isTelling(_ word: UInt64) -> Bool {
    var (rest, kinds) = (word, 0)
    var seen = SIMD4<UInt64>(repeating: 0)
    for _ in 0..<run {
      let (index, bit) = (Int(rest >> 6 & 3), UInt64(1) << (rest & 63))
      if seen[index] & bit == 0 { kinds += 1 }
      seen[index] |= bit
      rest >>= 8
    }
    return kinds > 3
  }
}

/// Says of nearly all words that are not in a set that they are not: far faster than to look them up, of which there are
/// thousands in a second of sound. A Bloom filter of two bits a word.
private struct WordSieve {
  private static let width: UInt64 = 18
  private var bits = [UInt64](repeating: 0, count: 1 << Int(width - 6))

  mutating func insert(_ word: UInt64) {
    let (one, other) = Self.places(word)
    bits[Int(one >> 6)] |= 1 << (one & 63)
    bits[Int(other >> 6)] |= 1 << (other & 63)
  }

  func mayContain(_ word: UInt64) -> Bool {
    let (one, other) = Self.places(word)
    return bits[Int(one >> 6)] >> (one & 63) & bits[Int(other >> 6)] >> (other & 63) & 1 == 1
  }

  /// Of the product with 2^64 over the golden ratio, so that words that are alike are far apart.
  private static func places(_ word: UInt64) -> (UInt64, UInt64) {
    let product = word &* 0x9E37_79B9_7F4A_7C15
    return (product >> (64 - width), product >> (64 - 2 * width) & (1 << width - 1))
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
