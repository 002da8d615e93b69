import MPEG
import PCM
import ShowModel

/// Bytes in the slots of MP3 frames that belong to no sound, told as one finding.
struct AncillaryData {
  private var unused = UnusedBytes()
  /// Frames of sound so far.
  private var soundFrames: Int64 = 0
  private var first: (found: UnusedBytes.Found, soundFrames: Int64)?
  private var count: Int64 = 0

  /// - Parameter offset: of `frame` in the file.
  mutating func add(_ frame: Frame, at offset: Int64) {
    let bits = frame.sideInfo.granules.reduce(0) { $0 + $1.mainDataBits }
    let found = frame.slot.withUnsafeBytes {
      unused.add(
        begin: frame.sideInfo.mainDataBegin, bits: bits, slot: $0, at: offset + Int64(frame.header.slotOffset))
    }
    take(found)
    soundFrames += Int64(frame.header.soundFrames)
  }

  mutating func finish() { take(unused.finish()) }

  func finding(rate: Int) -> Finding? {
    guard let first else { return nil }
    let time = MediaTime.scale(first.soundFrames, by: 1_000_000_000, over: Int64(max(1, rate)), roundUp: false)
    return Finding(
      .ancillary, at: first.found.offset, length: count, time: MediaTime(nanoseconds: time),
      content: Printable.excerpt(first.found.bytes))
  }

  private mutating func take(_ found: UnusedBytes.Found?) {
    guard let found else { return }
    count += Int64(found.bytes.count)
    if first == nil { first = (found, soundFrames) }
  }
}
