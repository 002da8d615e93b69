import MPEG

/// Where MP3 frames begin, kept coarsely, for the hundred entries of a Xing tag. Memory does not grow with length.
struct SeekTable {
  private static let capacity = 1_024

  /// Of every ``step``th MP3 frame, in bytes.
  private var offsets: [Int] = []
  private var step = 1
  private(set) var frames = 0
  private(set) var byteCount = 0

  mutating func add(_ length: Int) {
    if frames % step == 0 {
      if offsets.count == Self.capacity {
        offsets = stride(from: 0, to: offsets.count, by: 2).map { offsets[$0] }
        step *= 2
      }
      if frames % step == 0 { offsets.append(byteCount) }
    }
    frames += 1
    byteCount += length
  }

  /// For each hundredth of the time, where it begins, in 256ths of the bytes; `lead` bytes of tag are in front.
  func contents(lead: Int) -> [UInt8] {
    (0..<100).map { percent in
      guard frames > 0 else { return 0 }
      let frame = percent * frames / 100
      let offset = offsets[min(offsets.count - 1, frame / step)]
      return UInt8(min(255, (lead + offset) * 256 / max(1, lead + byteCount)))
    }
  }
}
