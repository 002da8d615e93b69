/// Finds what stands in the slots of MP3 frames between the main data of one and that of the next: no granule refers to
/// it and no decoder plays it. It is what an edit of the file left there, or what somebody hid. What encoders fill it with
/// is passed over (``Filling``).
package struct UnusedBytes {
  package struct Found {
    /// Of the first of them, in the file.
    package let offset: Int64
    package let bytes: [UInt8]
  }

  /// Whether main data ends behind the slot of its own MP3 frame, which is damage: what belongs to it can't be told.
  package private(set) var isDamaged = false
  /// Slots, of which those from the last main data on are of interest, and how many are in front of that: taking them away
  /// with each MP3 frame would take longer than all else.
  private var bytes: [UInt8] = []
  private var done = 0
  /// Bits of the first byte that are main data.
  private var used = 0
  /// Where slots begin in `bytes`, and where that is in the file.
  private var slots: [(start: Int, offset: Int64)] = []
  /// Of `bytes` that are in front, before they are taken away.
  private static let most = 1 << 15

  package init() {}

  /// Takes the next MP3 frame.
  /// - Parameters:
  ///   - begin: its `main_data_begin`.
  ///   - bits: of its main data.
  ///   - offset: of `slot` in the file.
  /// - Returns: what is in front of its main data and belongs to none.
  package mutating func add(begin: Int, bits: Int, slot: UnsafeRawBufferPointer, at offset: Int64) -> Found? {
    if done > Self.most { takeAway() }
    // Main data that is not there: the first MP3 frames of a cut, or what follows damage.
    let start = bytes.count - begin
    let found = start > done ? found(upTo: start) : nil
    slots.append((bytes.count, offset))
    bytes.append(contentsOf: slot)
    let end = start * 8 + bits
    if end > bytes.count * 8 {
      (isDamaged, done, used) = (true, bytes.count, 0)
    } else if end > done * 8 + used {
      (done, used) = (end / 8, end % 8)
    }
    return found
  }

  /// Nothing follows: what is left belongs to no sound, or to sound that was cut off.
  package mutating func finish() -> Found? {
    defer { (done, used) = (bytes.count, 0) }
    return found(upTo: bytes.count)
  }

  private mutating func takeAway() {
    let passed = slots.lastIndex { $0.start <= done } ?? 0
    slots.removeFirst(passed)
    for index in slots.indices { slots[index].start -= done }
    bytes.removeFirst(done)
    done = 0
  }

  private func found(upTo end: Int) -> Found? {
    let first = done + (used > 0 ? 1 : 0)
    guard end > first else { return nil }
    let isHarmless = bytes.withUnsafeBytes {
      Filling.isHarmless(UnsafeRawBufferPointer(rebasing: $0[done..<end]), from: used)
    }
    if isHarmless { return nil }
    let slot = slots.last { $0.start <= first }
    return Found(offset: slot.map { $0.offset + Int64(first - $0.start) } ?? 0, bytes: Array(bytes[first..<end]))
  }
}
