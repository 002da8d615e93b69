import MPEG
import PCM
import ShowModel

/// Covers an MP3 file without decoding it: replaces the MP3 frames that hold something of what is covered, and leaves all
/// others as they are, byte for byte.
///
/// Two granules around a range go as well, since transform and filter bank smear sound that far. What stays was encoded
/// by somebody who heard the covered sound: how many bits its encoder had left, and how it judged loudness, can depend
/// on it. No sample of the covered sound is in it.
package struct InPlaceEdit {
  private let map: MP3Map
  private let runs: [ReplacedRun]
  private let level: Float
  /// Frames of sound that a decoder makes of the first MP3 frames and leaves out.
  package let skipped: Int
  /// MP3 frames that are replaced, and how many there are.
  package let replacedCount, frameCount: Int

  /// - Parameters:
  ///   - descriptor: of the MP3 file, which the caller owns and keeps open.
  ///   - start: of its first MP3 frame.
  ///   - headers: of its first MP3 frames, as far as they are known; the others are looked for.
  ///   - length: of the sound that a decoder makes of it.
  ///   - covers: sorted and apart.
  ///   - level: the peak of tone and noise.
  /// - Throws: ``Uneditable`` where only decoding and encoding will do.
  package init(
    _ descriptor: Int32, from start: Int64, headers: [UInt32] = [], length: FrameCount,
    covers: [(frames: FrameRange, fill: Fill)], level: Float
  ) throws {
    map = try MP3Map(descriptor, from: start, headers: headers)
    self.level = level
    skipped = try Self.skipped(map, length)
    runs = ReplacedRun.runs(
      covers, skipped: skipped, count: map.entries.count, granules: map.granulesPerFrame)
    frameCount = map.entries.count
    replacedCount = runs.reduce(0) { $0 + $1.frames.count }
  }

  /// Where the MP3 frames that hold sound begin, and where the last one ends.
  package var offsets: [Int64] { map.entries.map(\.offset) + [map.end] }

  private static func skipped(_ map: MP3Map, _ length: FrameCount) throws -> Int {
    let all = map.entries.count * map.entries[0].header.soundFrames
    if length.value == Int64(all) { return 0 }
    guard let lame = map.info?.lame else { throw Uneditable.unknownDelay }
    // A decoder takes off its own delay of 529 with LAME's, and as much less from the padding.
    guard length.value == Int64(all - lame.delay - lame.padding) else { throw Uneditable.unknownDelay }
    return lame.delay + 529
  }

  /// Writes the MP3 frames to an open, seekable file that the caller owns.
  /// - Parameters:
  ///   - offset: behind what is in that file already.
  ///   - copy: copies what stays: `count` bytes of the MP3 file `from` one offset `to` another of the new file.
  /// - Returns: how much later everything is in the new file.
  /// - Throws: what `copy` throws, `EncodeError`, ``Uneditable``; ``EncodeError/Code/residue`` where something of what
  ///   was replaced can be found in what was written; ``EncodeError/Code/notKept`` where what stays is not as it was.
  package func write(
    to descriptor: Int32, at offset: Int64, copy: (_ from: Int64, _ to: Int64, _ count: Int64) throws -> Void
  ) throws -> Int64 {
    let shift = offset - map.start
    let groups = try groups()
    let new = FileReader(descriptor, size: map.end + shift)
    let kept = KeptBytes(unchanged(between: groups), of: map.file, in: new, shiftedBy: shift)
    // What stays and what is replaced never meet: the one is copied while the other is made.
    _ = try AllCores.map(2) { number in
      if number == 0 {
        for range in kept.ranges { try copy(range.lowerBound, range.lowerBound + shift, Int64(range.count)) }
      } else {
        try replace(groups, in: new, shiftedBy: shift)
      }
    }
    try writeTagFrame(to: descriptor, at: offset, musicCRC: kept.check())
    return shift
  }

  /// In order.
  private func unchanged(between groups: [Group]) -> [Range<Int64>] {
    var from = map.start + Int64(map.tagFrame?.count ?? 0)
    var ranges: [Range<Int64>] = []
    for group in groups {
      ranges.append(from..<map.offset(of: group.begin))
      from = map.offset(of: group.end)
    }
    return ranges + [from..<map.end]
  }

  private func replace(_ groups: [Group], in file: FileReader, shiftedBy shift: Int64) throws {
    let lowest = map.entries.reduce(320) { min($0, $1.header.bitrate) }
    var fills = try FillFrames(like: map.entries[0].header, lowest: lowest, level: level)
    for group in groups {
      let zone = try zone(group, &fills)
      let (bytes, place) = (zone.bytes, map.offset(of: group.begin) + shift)
      try bytes.withUnsafeBytes { try DescriptorWriter.write($0, to: file.descriptor, at: place) }
      try ResidueAudit(zone, count: bytes.count).check(file, at: place)
    }
  }

  /// Without what an encoder measured of the sound, and without what stands behind the tag.
  private func writeTagFrame(to descriptor: Int32, at offset: Int64, musicCRC: UInt16) throws {
    guard var bytes = map.tagFrame, let word = FrameHeader(bytes) else { return }
    if var info = map.info {
      info.lame?.gain = [UInt8](repeating: 0, count: 8)
      info.lame?.musicCRC = musicCRC
      bytes = info.frame(word) ?? bytes
    }
    try bytes.withUnsafeBytes { try DescriptorWriter.write($0, to: descriptor, at: offset) }
  }

  private struct Group {
    var begin, end: Int
    var runs: [ReplacedRun]
  }

  /// Runs whose main data shares slots are edited together.
  private func groups() throws -> [Group] {
    try runs.reduce(into: []) { groups, run in
      let begin = try Zone.firstFrame(for: run.frames.lowerBound, in: map)
      if let last = groups.last, begin < last.end {
        groups[groups.count - 1].end = run.frames.upperBound
        groups[groups.count - 1].runs.append(run)
      } else {
        groups.append(Group(begin: begin, end: run.frames.upperBound, runs: [run]))
      }
    }
  }

  private func zone(_ group: Group, _ fills: inout FillFrames) throws -> Zone {
    var zone = try Zone(group.begin..<group.end, from: group.begin, in: map)
    for run in group.runs {
      let pieces = try fills.pieces(run.fill, count: run.frames.count, granules: map.granulesPerFrame)
      let isLast = run.frames.upperBound == map.entries.count
      let next = isLast ? nil : try map.frame(run.frames.upperBound).sideInfo.mainDataBegin
      try zone.replace(run.frames, with: pieces, next: next)
    }
    return zone
  }
}

extension MP3Map {
  fileprivate func offset(of index: Int) -> Int64 { index < entries.count ? entries[index].offset : end }
}
