import MPEG

/// What covering leaves alone: searched for what is no sound, and copied. MP3 frames whose bytes are the same, and those
/// before them in whose slots their main data lies, decode to the same sound: no decoder could show more.
struct KeptBytes {
  /// Bytes that are in memory at a time: so few that they stay in a core's cache from reading to writing. Copying inside
  /// the kernel would read them once more, to search them.
  private static let part = 1 << 16

  private let map: MP3Map
  private let descriptor: Int32
  /// Of places in the new file over those in the old one.
  private let shift: Int64
  private var hidden: HiddenBytes

  /// - Parameter descriptor: of the new file.
  init(from map: MP3Map, to descriptor: Int32, shiftedBy shift: Int64) {
    (self.map, self.descriptor, self.shift, hidden) = (map, descriptor, shift, HiddenBytes(like: map.first))
  }

  /// - Parameter range: whole MP3 frames in the old file, behind what was copied and passed before.
  /// - Returns: LAME's checksum of it alone.
  /// - Throws: `EncodeError` `.writeFailed`, ``Uneditable``.
  mutating func copy(_ range: Range<Int64>) throws -> UInt16 {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.part, alignment: 64)
    defer { room.deallocate() }
    var sum: UInt16 = 0
    for part in map.split(range, by: Self.part) {
      let bytes = UnsafeMutableRawBufferPointer(rebasing: room[..<part.count])
      try map.file.read(bytes, at: part.lowerBound)
      try hidden.look(in: UnsafeRawBufferPointer(bytes))
      sum = CRC16.lame(UnsafeRawBufferPointer(bytes), after: sum)
      try DescriptorWriter.write(UnsafeRawBufferPointer(bytes), to: descriptor, at: part.lowerBound + shift)
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
