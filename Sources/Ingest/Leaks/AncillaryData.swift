import MPEG
import PCM
import ShowModel

/// Finds what stands in the slots of MP3 frames between the main data of one and that of the next: no granule refers to
/// it and no decoder plays it. It is what an edit of the file left there, or what somebody hid.
struct AncillaryData {
  /// Slots from the last main data on, and where in the file each of their bytes is.
  private var slots: [UInt8] = []
  private var offsets: [Int64] = []
  /// Bits of the first byte that are main data.
  private var used = 0
  /// Frames of sound so far.
  private var soundFrames: Int64 = 0
  private var found: (offset: Int64, soundFrames: Int64, bytes: [UInt8])?
  private var count: Int64 = 0

  /// - Parameter offset: of `frame` in the file.
  mutating func add(_ frame: Frame, at offset: Int64) {
    defer { soundFrames += Int64(frame.header.soundFrames) }
    let start = slots.count - frame.sideInfo.mainDataBegin
    // Main data that is not there: the first MP3 frames of a cut, or what follows damage.
    if start >= 0 { judge(upTo: start) }
    let slotStart = offset + Int64(frame.header.slotOffset)
    slots += frame.slot
    offsets += (0..<frame.slot.count).map { slotStart + Int64($0) }
    let end = start * 8 + frame.sideInfo.granules.reduce(0) { $0 + $1.mainDataBits }
    guard start >= 0, end <= slots.count * 8 else { return forget() }
    slots.removeFirst(end / 8)
    offsets.removeFirst(end / 8)
    used = end % 8
  }

  /// Nothing follows: what is left belongs to no sound, or to sound that was cut off.
  mutating func finish() {
    judge(upTo: slots.count)
    forget()
  }

  func finding(rate: Int) -> Finding? {
    guard let found else { return nil }
    let time = MediaTime.scale(found.soundFrames, by: 1_000_000_000, over: Int64(max(1, rate)), roundUp: false)
    return Finding(
      .ancillary, at: found.offset, length: count, time: MediaTime(nanoseconds: time),
      content: Printable.excerpt(found.bytes))
  }

  private mutating func forget() {
    slots = []
    offsets = []
    used = 0
  }

  private mutating func judge(upTo end: Int) {
    let first = used > 0 ? 1 : 0
    guard end > first, !Filling.isHarmless(slots[..<end], from: used) else { return }
    count += Int64(end - first)
    if found == nil { found = (offsets[first], soundFrames, Array(slots[first..<end])) }
  }
}

/// What encoders fill unused bits with: zeros, or LAME's name, its version and bits in turn (`drain_into_ancillary` in
/// LAME's `bitstream.c`), begun anew now and then, and not on the edge of a byte.
enum Filling {
  /// Bits in turn, or zeros, that are no chance any more.
  private static let leastRun = 8

  /// - Parameter bit: the first one of `bytes` to be looked at. What is left of that byte may also be the beginning of
  ///   LAME's name, whose rest gave way to zeros: no less than a byte is anything.
  static func isHarmless(_ bytes: ArraySlice<UInt8>, from bit: Int) -> Bool {
    if bytes.dropFirst(bit > 0 ? 1 : 0).allSatisfy({ $0 == 0 }) { return true }
    return isFilled(bytes, from: bit) || (bit > 0 && isFilled(bytes.dropFirst(), from: 0))
  }

  private static func isFilled(_ bytes: ArraySlice<UInt8>, from bit: Int) -> Bool {
    let bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - UInt8($0)) & 1 } }
    var position = bit
    while position < bits.count {
      let name = nameLength(bits, at: position)
      if name > 0 {
        position += name
        continue
      }
      guard let next = behindRun(bits, from: position) else { return false }
      position = next
    }
    return true
  }

  /// - Returns: where LAME's name, or the end, comes behind bits in turn or zeros.
  private static func behindRun(_ bits: [UInt8], from start: Int) -> Int? {
    var end = start + 1
    while end < bits.count, nameLength(bits, at: end) == 0, continues(bits, start, end) { end += 1 }
    let isEnough = end - start >= leastRun || end == bits.count || nameLength(bits, at: end) > 0
    return isEnough ? end : nil
  }

  private static func continues(_ bits: [UInt8], _ start: Int, _ end: Int) -> Bool {
    if end == start + 1 { return bits[start] == 0 || bits[end] == 0 }
    let isZeros = bits[start] == 0 && bits[start + 1] == 0
    return isZeros ? bits[end] == 0 : bits[end] != bits[end - 1]
  }

  /// - Returns: bits of as much of `LAME3.100` as stands there.
  private static func nameLength(_ bits: [UInt8], at start: Int) -> Int {
    var position = start
    for letter in "LAME".utf8 {
      guard byte(bits, at: position) == letter else { return position - start }
      position += 8
    }
    for _ in 0..<8 {
      guard let next = byte(bits, at: position), "0123456789.rab ".utf8.contains(next) else { break }
      position += 8
    }
    return position - start
  }

  private static func byte(_ bits: [UInt8], at start: Int) -> UInt8? {
    guard start + 8 <= bits.count else { return nil }
    return bits[start..<(start + 8)].reduce(0) { $0 << 1 | $1 }
  }
}
