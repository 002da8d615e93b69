/// Puts the main data of MP3 frames, one stream, into the slots of MP3 frames, the road it travels on.
///
/// A frame's main data may begin in the slots of frames before it, as far back as `main_data_begin` reaches, and must
/// end in its own (ISO/IEC 11172-3, 2.4.3.1 and C.1.5.4.2).
package struct SlotFiller {
  /// Bytes of slots up to the next MP3 frame's.
  private var slotEnd = 0
  /// Bytes of those in use.
  private var dataEnd = 0
  /// How far back main data may begin.
  private let reach: Int

  /// - Parameter reach: bytes, at most ``FrameHeader/mostMainDataBegin``.
  package init(reach: Int) { self.reach = reach }

  /// Bytes that the next MP3 frame's main data may use of slots before its own.
  package var reservoir: Int { min(reach, slotEnd - dataEnd) }

  /// Bytes between the last main data and what the next may use: to be filled with zeros.
  package var skipped: Int { slotEnd - dataEnd - reservoir }

  /// Whether `length` bytes of main data fit where the next slot has `slot` bytes.
  package func fits(_ length: Int, slot: Int) -> Bool { length <= reservoir + slot }

  /// Places the next MP3 frame.
  /// - Returns: its `main_data_begin`.
  /// - Precondition: it fits.
  package mutating func place(_ length: Int, slot: Int) -> Int {
    precondition(fits(length, slot: slot))
    let begin = reservoir
    dataEnd = slotEnd - begin + length
    slotEnd += slot
    return begin
  }
}

/// Takes main data out of the slots of MP3 frames that come one after the other.
package struct MainDataReader {
  /// The last bytes of the slots so far.
  private var past: [UInt8] = []

  package init() {}

  /// - Returns: scale factors and Huffman codes of all granules of `frame`, without ancillary data; nil where they begin
  ///   before the first MP3 frame or end behind their own slot.
  package mutating func mainData(of frame: Frame) -> [UInt8]? {
    let start = past.count - frame.sideInfo.mainDataBegin
    let end = start + frame.sideInfo.mainDataLength
    past += frame.slot
    defer { past.removeFirst(max(0, past.count - 511)) }
    return start >= 0 && end <= past.count ? Array(past[start..<end]) : nil
  }
}
