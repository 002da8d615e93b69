import MPEG

/// A stretch of MP3 frames in memory in which some are replaced: the replaced ones, and those before them in whose slots
/// their main data travels.
struct Zone {
  /// In the file's order.
  let range: Range<Int>
  private var frames: [Frame]
  // For the audit of what was written:
  /// Where main data of replaced MP3 frames was, in the stream of main data.
  private(set) var removed: [Range<Int>] = []
  /// What stands there now.
  private(set) var filled: [[UInt8]] = []
  /// What was overwritten.
  private(set) var rooms: [Range<Int>] = []
  /// All slots, as they were.
  let before: [UInt8]
  /// Where each slot begins in the stream of main data.
  private var slots: [Int]
  /// An MP3 frame whose flags all that are replaced get.
  private let like: FrameHeader
  private var data: [UInt8]

  /// - Parameters:
  ///   - replaced: MP3 frames that will be replaced; those in front of it that are needed come with it.
  ///   - begin: the first MP3 frame of them, from ``firstFrame(for:in:)``.
  init(_ replaced: Range<Int>, from begin: Int, in map: MP3Map) throws {
    range = begin..<replaced.upperBound
    like = map.first
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

  /// How many bytes before the slot of MP3 frame `index` the main data of those from there on begins. It may be that of
  /// one behind the first: where several MP3s are joined, each points where its encoder had it.
  static func reach(from index: Int, in map: MP3Map) throws -> Int {
    var (reach, slots, next) = (0, 0, index)
    while next < map.count, slots < map.first.mostMainDataBegin {
      let frame = try map.frame(next)
      reach = max(reach, frame.sideInfo.mainDataBegin - slots)
      slots += frame.slot.count
      next += 1
    }
    return reach
  }

  /// Replaces the MP3 frames of `run`.
  /// - Parameters:
  ///   - pieces: for each of them what to put there; nil for silence.
  ///   - next: how many bytes before the slot that follows the main data of MP3 frames behind the run begins.
  /// - Throws: ``Uneditable/damaged`` where main data of MP3 frames that stay overlaps what must go, or what must go
  /// overlaps: behind a place where somebody joined two MP3s, an MP3 frame may point at what is not its own.
  mutating func replace(_ run: Range<Int>, with pieces: [EncodedPart.Piece?], next: Int) throws {
    let run = (run.lowerBound - range.lowerBound)..<(run.upperBound - range.lowerBound)
    let room = try room(run, next: next)
    rooms.append(room)
    removed += run.map(mainData).map { $0.clamped(to: before.indices) }
    for index in room { data[index] = 0 }
    lay(ReplacedRun.headers(frames[run].map(\.header), like: like), at: run.lowerBound)
    var position = room.lowerBound
    for index in run {
      position = place(pieces[index - run.lowerBound], at: index, from: position, end: room.upperBound)
    }
  }

  /// Gives MP3 frames other headers, which take as many bytes together.
  private mutating func lay(_ headers: [FrameHeader], at first: Int) {
    for (index, header) in zip(first..., headers) {
      frames[index].header = header
      slots[index + 1] = slots[index] + header.slotLength
    }
  }

  /// From where the main data of the first MP3 frame of `run` begins to where that behind the last one does: all of
  /// theirs is in it, and none of those that stay.
  private func room(_ run: Range<Int>, next: Int) throws -> Range<Int> {
    let begin = max(0, mainData(of: run.lowerBound).lowerBound)
    let end = slots[run.upperBound] - next
    let stays = (0..<run.lowerBound).map(mainData).filter { !$0.isEmpty } + rooms
    // What would begin before the file was cut off.
    let first = range.lowerBound == 0 ? 0 : Int.min
    let goes = run.map(mainData).filter { !$0.isEmpty }
    let isInside = goes.allSatisfy { max(first, $0.lowerBound) >= begin && $0.upperBound <= end }
    guard begin <= end, isInside, stays.allSatisfy({ $0.upperBound <= begin }) else { throw Uneditable.damaged }
    return begin..<end
  }

  /// Where it is, in the stream of main data. What is behind it in a slot is none: encoders fill that with the same bytes
  /// everywhere.
  private func mainData(of index: Int) -> Range<Int> {
    let side = frames[index].sideInfo
    let start = slots[index] - side.mainDataBegin
    return start..<(start + side.mainDataLength)
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
    frames[index] = Frame(header: header, sideInfo: side, slot: [])
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
