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
      covers, skipped: skipped, count: map.count, granules: map.first.granules)
    frameCount = map.count
    replacedCount = runs.reduce(0) { $0 + $1.frames.count }
  }

  /// Where the MP3 frames that hold sound begin, and where the last one ends.
  package var offsets: [Int64] { map.offsets }

  /// The same in a file whose first MP3 frame is at `offset`, and in which they are replaced.
  package func offsets(at offset: Int64) -> [Int64] {
    let shift = shift(to: offset)
    var offsets = map.offsets.map { $0 + shift }
    for run in runs {
      let headers = ReplacedRun.headers(map.headers(run.frames), like: map.first)
      for (index, header) in zip(run.frames, headers) {
        offsets[index + 1] = offsets[index] + Int64(header.frameLength)
      }
    }
    return offsets
  }

  private static func skipped(_ map: MP3Map, _ length: FrameCount) throws -> Int {
    let all = map.count * map.first.soundFrames
    if length.value == Int64(all) { return 0 }
    guard let lame = map.info?.lame else { throw Uneditable.unknownDelay }
    // A decoder takes off its own delay of 529 with LAME's, and as much less from the padding.
    guard length.value == Int64(all - lame.delay - lame.padding) else { throw Uneditable.unknownDelay }
    return lame.delay + 529
  }

  /// Writes the MP3 frames to an open, seekable file that the caller owns.
  /// - Parameters:
  ///   - offset: behind what is in that file already.
  ///   - ends: places in the old file, in order.
  ///   - check: called for each of `ends`, on all cores, once everything before it is in the new file as it is to stay.
  /// - Returns: what `check` returns.
  /// - Throws: `EncodeError`, ``Uneditable``; ``EncodeError/Code/residue`` where something of what was replaced can be
  ///   found in what was written; what `check` throws.
  @discardableResult package func write<Finding>(
    to descriptor: Int32, at offset: Int64, checkingUpTo ends: [Int64] = [],
    _ check: (Int) throws -> Finding = { _ in }
  ) throws -> [Finding] {
    let groups = try groups()
    let places = groups.map { map.offsets[$0.begin]..<map.offsets[$0.end] }
    let new = FileReader(descriptor, size: map.end + shift(to: offset))
    let progress = WritingProgress()
    let done = try AllCores.map(2 + ends.count) { number -> (parts: [WrittenPart], finding: Finding?) in
      switch number {
      case 0: return (try progress.replacing { try replace(groups, in: new, at: offset) }, nil)
      case 1: return (try copy(around: places, to: descriptor, at: offset, progress), nil)
      default: return ([], progress.wait(for: ends[number - 2]) ? try check(number - 2) : nil)
      }
    }
    try writeTagFrame(to: descriptor, at: offset, musicCRC: WrittenPart.sum(done.flatMap(\.parts)))
    return done.compactMap(\.finding)
  }

  /// How much later everything is in a file whose first MP3 frame is at `offset`.
  private func shift(to offset: Int64) -> Int64 { offset - map.start }

  /// What stays and what is replaced never meet: the one is copied while the other is made. One core does all of it, since
  /// two that write to one file wait for each other.
  /// - Parameter replaced: places in the old file, in order.
  private func copy(
    around replaced: [Range<Int64>], to descriptor: Int32, at offset: Int64, _ progress: WritingProgress
  ) throws -> [WrittenPart] {
    var kept = KeptBytes(from: map, to: descriptor, shiftedBy: shift(to: offset))
    var parts: [WrittenPart] = []
    var from = map.offsets[0]
    for place in replaced + [map.end..<map.end] {
      let range = from..<place.lowerBound
      parts.append(
        WrittenPart(range: range, sum: try progress.copying(upTo: range.upperBound) { try kept.copy(range) }))
      try kept.pass(place)
      from = place.upperBound
    }
    try kept.finish()
    return parts
  }

  private func replace(_ groups: [Group], in file: FileReader, at offset: Int64) throws -> [WrittenPart] {
    let shift = shift(to: offset)
    var fills = try FillFrames(like: map.first, lowest: map.lowestBitrate, level: level)
    return try groups.map { group in
      let zone = try zone(group, &fills)
      let range = map.offsets[group.begin]..<map.offsets[group.end]
      try zone.bytes.withUnsafeBytes {
        try DescriptorWriter.write($0, to: file.descriptor, at: range.lowerBound + shift)
      }
      let written = try file.bytes(at: range.lowerBound + shift, count: range.count)
      try ResidueAudit(zone).check(written)
      return WrittenPart(range: range, sum: CRC16.lame(written))
    }
  }

  /// Without what an encoder measured of the sound, and without what stands behind the tag.
  private func writeTagFrame(to descriptor: Int32, at offset: Int64, musicCRC: UInt16) throws {
    guard let header = map.tagFrame.flatMap({ FrameHeader($0) }) else { return }
    var info = map.info
    info?.lame?.gain = [UInt8](repeating: 0, count: 8)
    info?.lame?.musicCRC = musicCRC
    guard let bytes = info.map({ $0.frame(header) }) ?? map.vbri?.frame(header) else { throw Uneditable.damaged }
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
      let pieces = try fills.pieces(run.fill, count: run.frames.count, granules: map.first.granules)
      try zone.replace(run.frames, with: pieces, next: try Zone.reach(from: run.frames.upperBound, in: map))
    }
    return zone
  }
}

/// What was written, in one way or the other, and looked at.
private struct WrittenPart {
  /// In the old file.
  let range: Range<Int64>
  /// LAME's checksum of it alone.
  let sum: UInt16

  /// - Returns: LAME's checksum of all `parts`, between which there is nothing.
  static func sum(_ parts: [Self]) -> UInt16 {
    parts.sorted { $0.range.lowerBound < $1.range.lowerBound }
      .reduce(0) { CRC16.lame(after: $0, $1.sum, of: $1.range.count) }
  }
}
