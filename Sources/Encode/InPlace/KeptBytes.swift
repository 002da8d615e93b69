import Foundation
import MPEG

/// What covering leaves alone: copied, and read back from the new file, where it must be what it was. MP3 frames whose
/// bytes are the same, and those before them in whose slots their main data lies, decode to the same sound: no decoder
/// could show more.
struct KeptBytes {
  /// Bytes that a core takes at a time, and of them, that are copied at a time: so few that they are still in its cache
  /// when they are read back. Copying inside the kernel would read them once more, to compare them.
  private static let piece = 1 << 19
  private static let part = 1 << 16

  private let old, new: FileReader
  /// Of places in the new file over those in the old one.
  private let shift: Int64

  init(from old: FileReader, to new: FileReader, shiftedBy shift: Int64) {
    (self.old, self.new, self.shift) = (old, new, shift)
  }

  /// - Returns: `ranges` in pieces.
  static func pieces(_ ranges: [Range<Int64>]) -> [Range<Int64>] { ranges.flatMap { split($0, by: piece) } }

  /// - Parameter piece: in the old file.
  /// - Returns: LAME's checksum of it alone.
  /// - Throws: `EncodeError` `.notKept` and `.writeFailed`, ``Uneditable/unreadable``.
  func copy(_ piece: Range<Int64>) throws -> UInt16 {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * Self.part, alignment: 64)
    defer { room.deallocate() }
    return try Self.split(piece, by: Self.part).reduce(0) { sum, part in
      let before = UnsafeMutableRawBufferPointer(rebasing: room[..<part.count])
      let after = UnsafeMutableRawBufferPointer(rebasing: room[Self.part..<(Self.part + part.count)])
      try old.read(before, at: part.lowerBound)
      try DescriptorWriter.write(UnsafeRawBufferPointer(before), to: new.descriptor, at: part.lowerBound + shift)
      try new.read(after, at: part.lowerBound + shift)
      guard let one = before.baseAddress, let other = after.baseAddress, memcmp(one, other, part.count) == 0 else {
        throw EncodeError.notKept()
      }
      return CRC16.lame(UnsafeRawBufferPointer(after), after: sum)
    }
  }

  private static func split(_ range: Range<Int64>, by size: Int) -> [Range<Int64>] {
    stride(from: range.lowerBound, to: range.upperBound, by: size).map {
      $0..<min(range.upperBound, $0 + Int64(size))
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
