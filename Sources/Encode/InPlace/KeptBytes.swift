import Foundation
import MPEG
import PCM

/// What covering leaves alone, read back from the new file: it must be what it was. MP3 frames whose bytes are the same,
/// and those before them in whose slots their main data lies, decode to the same sound: no decoder could show more.
struct KeptBytes {
  private static let piece = Int64(1 << 18)

  private let old: FileReader
  let new: FileReader
  /// Of places in the new file over those in the old one.
  private let shift: Int64
  /// In the old file, in order.
  private var ranges: [Range<Int64>] = []

  init(of old: FileReader, in new: FileReader, shiftedBy shift: Int64) {
    (self.old, self.new, self.shift) = (old, new, shift)
  }

  mutating func append(_ range: Range<Int64>) { ranges.append(range) }

  /// - Returns: LAME's checksum of all that was written, from the first of the ranges to the last.
  /// - Throws: `EncodeError` `.notKept`.
  func check() throws -> UInt16 {
    guard let start = ranges.first?.lowerBound, let end = ranges.last?.upperBound else { return 0 }
    let pieces = stride(from: start, to: end, by: Int64.Stride(Self.piece)).map { $0..<min(end, $0 + Self.piece) }
    let sums = try AllCores.map(pieces.count) { try check(pieces[$0]) }
    return zip(pieces, sums).reduce(0) { CRC16.lame(after: $0, $1.1, of: $1.0.count) }
  }

  /// - Returns: the checksum of this piece alone.
  private func check(_ piece: Range<Int64>) throws -> UInt16 {
    let after = try new.bytes(at: piece.lowerBound + shift, count: piece.count)
    for range in ranges where range.overlaps(piece) {
      let kept = range.clamped(to: piece)
      let before = try old.bytes(at: kept.lowerBound, count: kept.count)
      let place = Int(kept.lowerBound - piece.lowerBound)
      guard after[place..<(place + before.count)].isSame(as: before) else { throw EncodeError.notKept() }
    }
    return CRC16.lame(after)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func isSame(as other: [UInt8]) -> Bool {
    withUnsafeBytes { here in
      other.withUnsafeBytes { other in
        guard here.count == other.count, let one = here.baseAddress, let two = other.baseAddress else {
          return here.count == other.count
        }
        return memcmp(one, two, here.count) == 0
      }
    }
  }
}

extension EncodeError.Code {
  package static let notKept = Self(rawValue: "not-kept")
}

extension EncodeError {
  static func notKept() -> EncodeError {
    EncodeError(
      .notKept, problem: "what was read back is not what was written; the output was not kept",
      remedy: "Run it again; if it happens again, look after the disk.", exit: .inputOutput)
  }
}
