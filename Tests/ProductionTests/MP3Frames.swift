import MPEG

/// The MP3 frames of a file without tags in front.
struct MP3Frames {
  private(set) var frames: [Frame] = []

  init(_ bytes: [UInt8]) {
    var offset = 0
    while let frame = Frame(bytes[offset...]) {
      frames.append(frame)
      offset += frame.header.frameLength
    }
  }

  func reach(_ index: Int) -> Int { frames[index].sideInfo.mainDataBegin }

  /// Bytes of the slot that belong to MP3 frames behind it, or to none.
  func unused(behind index: Int) -> Int {
    let frame = frames[index]
    return frame.sideInfo.mainDataBegin + frame.slot.count - frame.sideInfo.mainDataLength
  }

  /// One after the other.
  var slots: [UInt8] { frames.flatMap(\.slot) }

  /// Where the main data of MP3 frame `index` is in ``slots``.
  func mainData(of index: Int) -> Range<Int> {
    let side = frames[index].sideInfo
    let start = frames[..<index].reduce(0) { $0 + $1.slot.count } - side.mainDataBegin
    return max(0, start)..<max(0, start + side.mainDataLength)
  }
}
