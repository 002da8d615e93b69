import Foundation
import MPEG

/// What covering leaves alone: searched for what is no sound, copied, and read back from the new file, where it must be
/// what it was. MP3 frames whose bytes are the same, and those before them in whose slots their main data lies, decode to
/// the same sound: no decoder could show more.
struct KeptBytes {
  /// Bytes of the new file that are in memory at a time, and of them, that are copied at a time: so few that they are
  /// still in a core's cache when they are read back. Copying inside the kernel would read them once more, to compare.
  private static let piece = 1 << 22
  private static let part = 1 << 16

  private let map: MP3Map
  private let new: FileReader
  /// Of places in the new file over those in the old one.
  private let shift: Int64
  private var hidden: HiddenBytes

  init(from map: MP3Map, to new: FileReader, shiftedBy shift: Int64) {
    (self.map, self.new, self.shift, hidden) = (map, new, shift, HiddenBytes(like: map.first))
  }

  /// - Parameter range: whole MP3 frames in the old file, behind what was copied and passed before.
  /// - Returns: LAME's checksum of it alone.
  /// - Throws: `EncodeError` `.notKept` and `.writeFailed`, ``Uneditable``.
  mutating func copy(_ range: Range<Int64>) throws -> UInt16 {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * Self.part, alignment: 64)
    defer { room.deallocate() }
    var sum: UInt16 = 0
    for piece in map.split(range, by: Self.piece) {
      let written = WrittenBytes(new, (piece.lowerBound + shift)..<(piece.upperBound + shift))
      for part in map.split(piece, by: Self.part) {
        let before = UnsafeMutableRawBufferPointer(rebasing: room[..<part.count])
        try map.file.read(before, at: part.lowerBound)
        try hidden.look(in: UnsafeRawBufferPointer(before))
        try DescriptorWriter.write(UnsafeRawBufferPointer(before), to: new.descriptor, at: part.lowerBound + shift)
        let after = try written.read(part.count, at: part.lowerBound + shift, room[Self.part...])
        guard let one = before.baseAddress, let other = after.baseAddress, memcmp(one, other, part.count) == 0 else {
          throw EncodeError.notKept()
        }
        sum = CRC16.lame(after, after: sum)
      }
    }
    return sum
  }

  /// Looks through what others replace: some of it stays, in front of what is replaced and between.
  /// - Parameter range: like that of ``copy(_:)``.
  /// - Throws: ``Uneditable``.
  mutating func pass(_ range: Range<Int64>) throws {
    for part in map.split(range, by: Self.part) {
      try map.file.bytes(at: part.lowerBound, count: part.count).withUnsafeBytes { try hidden.look(in: $0) }
    }
  }

  /// - Throws: ``Uneditable`` where there is something behind the last sound.
  mutating func finish() throws { try hidden.finish() }
}

extension MP3Map {
  /// Between MP3 frames.
  /// - Parameters:
  ///   - range: of whole MP3 frames.
  ///   - size: more than any of them has.
  fileprivate func split(_ range: Range<Int64>, by size: Int) -> [Range<Int64>] {
    var (parts, from) = ([Range<Int64>](), range.lowerBound)
    while from < range.upperBound {
      let end = min(range.upperBound, lastOffset(upTo: from + Int64(size)))
      parts.append(from..<end)
      from = end
    }
    return parts
  }

  /// The last of ``offsets`` that is not more than `place`.
  private func lastOffset(upTo place: Int64) -> Int64 {
    var (low, high) = (0, offsets.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if offsets[middle] <= place { low = middle } else { high = middle }
    }
    return offsets[low]
  }
}

/// Part of a file that this program writes and nobody else knows, as the system holds it: what was written is read back
/// without being copied once more, where the file system can.
private struct WrittenBytes: ~Copyable {
  private let file: FileReader
  private let start: Int64
  private let pages: UnsafeRawBufferPointer?

  /// - Parameter range: may not be written yet.
  init(_ file: FileReader, _ range: Range<Int64>) {
    self.file = file
    start = range.lowerBound / Int64(getpagesize()) * Int64(getpagesize())
    let count = Int(range.upperBound - start)
    let pages = mmap(nil, count, PROT_READ, MAP_SHARED, file.descriptor, off_t(start))
    self.pages = pages == MAP_FAILED ? nil : UnsafeRawBufferPointer(start: pages, count: count)
  }

  deinit {
    if let pages { munmap(UnsafeMutableRawPointer(mutating: pages.baseAddress), pages.count) }
  }

  /// - Parameters:
  ///   - offset: where `count` bytes of the range are, which are written by now.
  ///   - room: for so many, where they have to be copied after all.
  /// - Throws: ``Uneditable/unreadable`` where there are fewer.
  func read(_ count: Int, at offset: Int64, _ room: Slice<UnsafeMutableRawBufferPointer>) throws
    -> UnsafeRawBufferPointer
  {
    if let pages { return UnsafeRawBufferPointer(rebasing: pages[Int(offset - start)...].prefix(count)) }
    let room = UnsafeMutableRawBufferPointer(rebasing: room.prefix(count))
    try file.read(room, at: offset)
    return UnsafeRawBufferPointer(room)
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
