import MPEG

/// A stretch of MP3 frames in memory in which some are replaced: the replaced ones, and those before them in whose slots
/// their main data travels.
struct Zone {
  /// In the file's order.
  let range: Range<Int>
  private(set) var frames: [Frame]
  // For the audit of what was written:
  /// Main data of replaced MP3 frames, as it was.
  private(set) var removed: [ArraySlice<UInt8>] = []
  /// What stands there now.
  private(set) var filled: [[UInt8]] = []
  /// Where it was, in the stream of main data.
  private(set) var rooms: [Range<Int>] = []
  /// All slots, as they were.
  let before: [UInt8]
  /// Where each slot begins in the stream of main data.
  private let slots: [Int]
  private var data: [UInt8]

  /// - Parameters:
  ///   - replaced: MP3 frames that will be replaced; those in front of it that are needed come with it.
  ///   - begin: the first MP3 frame of them, from ``firstFrame(for:in:)``.
  init(_ replaced: Range<Int>, from begin: Int, in map: MP3Map) throws {
    range = begin..<replaced.upperBound
    frames = try map.frames(range)
    slots = frames.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.slot.count) }
    before = frames.flatMap(\.slot)
    data = before
  }

  /// The MP3 frame in whose slot the main data of MP3 frame `index` begins.
  static func firstFrame(for index: Int, in map: MP3Map) throws -> Int {
    var missing = try map.frame(index).sideInfo.mainDataBegin
    var first = index
    // What would begin before the file was cut off: decoders leave such an MP3 frame out.
    while missing > 0, first > 0 {
      first -= 1
      missing -= try map.frame(first).slot.count
    }
    return first
  }

  /// Replaces the MP3 frames of `run`.
  /// - Parameters:
  ///   - pieces: for each of them what to put there; nil for silence.
  ///   - next: where the main data behind the run begins, in bytes before the slot that follows; nil at the end.
  /// - Throws: ``Uneditable/damaged`` where main data of MP3 frames that stay overlaps what must go, or what must go
  /// overlaps.
  mutating func replace(_ run: Range<Int>, with pieces: [EncodedPart.Piece?], next: Int?) throws {
    let (first, last) = (run.lowerBound - range.lowerBound, run.upperBound - range.lowerBound)
    let begin = max(0, slots[first] - frames[first].sideInfo.mainDataBegin)
    let end = slots[last] - (next ?? 0)
    guard begin <= end, begin >= mainDataEnd(before: first), begin >= rooms.last?.upperBound ?? 0 else {
      throw Uneditable.damaged
    }
    rooms.append(begin..<end)
    removed += mainData(of: first..<last, within: begin..<end)
    for index in begin..<end { data[index] = 0 }
    var position = begin
    for index in first..<last {
      position = place(pieces[index - first], at: index, from: position, end: end)
    }
  }

  /// Without what is behind it in a frame: encoders fill that with the same bytes everywhere.
  private func mainData(of frames: Range<Int>, within bounds: Range<Int>) -> [ArraySlice<UInt8>] {
    frames.map { index in
      let side = self.frames[index].sideInfo
      let start = slots[index] - side.mainDataBegin
      return data[(start..<(start + side.mainDataLength)).clamped(to: bounds)]
    }
  }

  /// - Returns: where the main data of the MP3 frames before `index` ends.
  private func mainDataEnd(before index: Int) -> Int {
    guard index > 0 else { return 0 }
    let side = frames[index - 1].sideInfo
    return slots[index - 1] - side.mainDataBegin + side.mainDataLength
  }

  /// - Returns: where its main data ends.
  private mutating func place(_ piece: EncodedPart.Piece?, at index: Int, from position: Int, end: Int) -> Int {
    let header = frames[index].header
    let start = max(position, slots[index] - header.mostMainDataBegin)
    let room = min(end, slots[index + 1]) - start
    let fits = piece.flatMap { $0.mainData.count <= room ? $0 : nil }
    var side = fits?.sideInfo ?? SideInfo(silenceFor: header)
    // Also where nothing is read: some decoders forget what lies before the place that an MP3 frame points to.
    side.mainDataBegin = slots[index] - start
    frames[index] = Frame(header: header.with(modeExtension: 0), sideInfo: side, slot: frames[index].slot)
    guard let fits else { return start }
    filled.append(fits.mainData)
    data.replaceSubrange(start..<(start + fits.mainData.count), with: fits.mainData)
    return start + fits.mainData.count
  }

  /// As they are to be written, one after the other.
  var bytes: [UInt8] {
    frames.enumerated().flatMap { index, frame in frame.head + data[slots[index]..<slots[index + 1]] }
  }
}
