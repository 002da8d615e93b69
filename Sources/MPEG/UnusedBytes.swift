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
  /// Slots from the last main data on.
  private var rest: [UInt8] = []
  /// Where `rest` begins, counted in bytes of slots.
  private var position = 0
  /// Bits of the first byte that are main data.
  private var used = 0
  /// Where slots begin, counted like `position`, and where that is in the file: the one with `position`, and those behind.
  private var slots: [(start: Int, offset: Int64)] = []

  package init() {}

  /// Takes the next MP3 frame.
  /// - Parameters:
  ///   - begin: its `main_data_begin`.
  ///   - bits: of its main data.
  ///   - offset: of `slot` in the file.
  /// - Returns: what is in front of its main data and belongs to none.
  package mutating func add(begin: Int, bits: Int, slot: UnsafeRawBufferPointer, at offset: Int64) -> Found? {
    // Main data that is not there: the first MP3 frames of a cut, or what follows damage.
    let start = rest.count - begin
    let found = start > 0 ? found(upTo: start) : nil
    slots.append((position + rest.count, offset))
    let end = start * 8 + bits
    if end > (rest.count + slot.count) * 8 {
      isDamaged = true
      drop(rest.count)
      drop(slot.count, of: slot)
    } else {
      drop(max(0, end / 8), of: slot)
      if end > 0 { used = end % 8 }
    }
    return found
  }

  /// Nothing follows: what is left belongs to no sound, or to sound that was cut off.
  package mutating func finish() -> Found? {
    defer { drop(rest.count) }
    return found(upTo: rest.count)
  }

  /// - Parameters:
  ///   - count: bytes from the first of `rest` on, that may be in `slot`.
  ///   - slot: follows `rest`.
  private mutating func drop(_ count: Int, of slot: UnsafeRawBufferPointer = .init(start: nil, count: 0)) {
    let own = max(0, count - rest.count)
    rest.removeFirst(count - own)
    rest += slot.dropFirst(own)
    position += count
    if count > 0 { used = 0 }
    while slots.count > 1, slots[1].start <= position { slots.removeFirst() }
  }

  private func found(upTo end: Int) -> Found? {
    let first = used > 0 ? 1 : 0
    guard end > first else { return nil }
    let isHarmless = rest.withUnsafeBytes {
      Filling.isHarmless(UnsafeRawBufferPointer(rebasing: $0[..<end]), from: used)
    }
    if isHarmless { return nil }
    let slot = slots.last { $0.start <= position + first }
    let offset = slot.map { $0.offset + Int64(position + first - $0.start) }
    return Found(offset: offset ?? 0, bytes: Array(rest[first..<end]))
  }
}
