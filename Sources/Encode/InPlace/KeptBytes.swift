import Foundation
import MPEG
import PCM

/// What covering leaves alone, read back from the new file: it must be what it was. MP3 frames whose bytes are the same,
/// and those before them in whose slots their main data lies, decode to the same sound: no decoder could show more.
struct KeptBytes {
  /// Bytes that a core takes at a time, and of them, that it reads at a time.
  private static let piece = Int64(1 << 20)
  private static let part = 1 << 16

  private let old: FileReader
  let new: FileReader
  /// Of places in the new file over those in the old one.
  private let shift: Int64
  /// In the old file, in order.
  let ranges: [Range<Int64>]

  init(_ ranges: [Range<Int64>], of old: FileReader, in new: FileReader, shiftedBy shift: Int64) {
    (self.ranges, self.old, self.new, self.shift) = (ranges, old, new, shift)
  }

  /// - Returns: LAME's checksum of all that was written, from the first of the ranges to the last.
  /// - Throws: `EncodeError` `.notKept`.
  func check() throws -> UInt16 {
    guard let start = ranges.first?.lowerBound, let end = ranges.last?.upperBound else { return 0 }
    let pieces = stride(from: start, to: end, by: Int64.Stride(Self.piece)).map { $0..<min(end, $0 + Self.piece) }
    let sums = try AllCores.map(pieces.count) { try check(pieces[$0]) }
    return zip(pieces, sums).reduce(0) { CRC16.lame(after: $0, $1.1, of: $1.0.count) }
  }

  /// In parts that stay in a core's cache while they are looked at, in memory that is asked for once.
  /// - Returns: the checksum of this piece alone.
  private func check(_ piece: Range<Int64>) throws -> UInt16 {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * Self.part, alignment: 64)
    defer { room.deallocate() }
    let (before, after) = (room[..<Self.part], room[Self.part...])
    var sum: UInt16 = 0
    for start in stride(from: piece.lowerBound, to: piece.upperBound, by: Self.part) {
      let part = start..<min(piece.upperBound, start + Int64(Self.part))
      let bytes = UnsafeMutableRawBufferPointer(rebasing: after.prefix(part.count))
      try new.read(bytes, at: start + shift)
      try compare(part, UnsafeRawBufferPointer(bytes), UnsafeMutableRawBufferPointer(rebasing: before))
      sum = CRC16.lame(UnsafeRawBufferPointer(bytes), after: sum)
    }
    return sum
  }

  /// - Parameter room: for as many bytes.
  private func compare(
    _ part: Range<Int64>, _ after: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer
  ) throws {
    for range in ranges where range.overlaps(part) {
      let kept = range.clamped(to: part)
      let before = UnsafeMutableRawBufferPointer(rebasing: room[..<kept.count])
      try old.read(before, at: kept.lowerBound)
      guard let one = before.baseAddress, let other = after.baseAddress,
        memcmp(one, other + Int(kept.lowerBound - part.lowerBound), kept.count) == 0
      else { throw EncodeError.notKept() }
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
