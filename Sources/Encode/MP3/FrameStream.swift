import MPEG

/// MP3 frames one after the other, each with its main data packed into slots as early as it goes.
///
/// With a constant bit rate every header says the same rate, and a slot is padded by a byte now and then so that the
/// rate is met; otherwise each MP3 frame gets the smallest slot that its main data fits in.
struct FrameStream {
  private let isConstant: Bool
  private var filler: SlotFiller
  private var padding: PaddingClock
  /// MP3 frames whose slots are not full yet: everything in front of the slot, and its length.
  private var open: [(head: [UInt8], slot: Int)] = []
  /// Main data from the first open slot on.
  private var data: [UInt8] = []

  /// - Parameter header: of any MP3 frame of the stream.
  init(like header: FrameHeader, isConstant: Bool) {
    self.isConstant = isConstant
    padding = PaddingClock(header)
    // LAME's limit too: a decoder's buffer holds 1440 bytes of one MP3 frame and its reservoir.
    let reach =
      isConstant ? min(header.mostMainDataBegin, max(0, 1_440 - header.frameLength)) : header.mostMainDataBegin
    filler = SlotFiller(reach: reach)
  }

  /// Whether all MP3 frames of `part` can follow as they are.
  func takes(_ part: EncodedPart) -> Bool {
    var (filler, padding) = (filler, padding)
    return part.pieces.allSatisfy { piece in
      guard let header = header(for: piece, filler, &padding) else { return false }
      _ = filler.place(piece.mainData.count, slot: header.slotLength)
      return true
    }
  }

  /// - Precondition: it ``takes(_:)`` the part.
  /// - Returns: the bytes of MP3 frames that are whole now, one after the other.
  mutating func append(_ part: EncodedPart, _ take: ([UInt8]) throws -> Void) throws {
    for piece in part.pieces {
      guard let header = header(for: piece, filler, &padding) else { preconditionFailure("the MP3 frame does not fit") }
      data += [UInt8](repeating: 0, count: filler.skipped)
      var sideInfo = piece.sideInfo
      sideInfo.mainDataBegin = filler.place(piece.mainData.count, slot: header.slotLength)
      data += piece.mainData
      open.append((Frame(header: header, sideInfo: sideInfo, slot: []).bytes, header.slotLength))
      while let first = open.first, first.slot <= data.count { try close(take) }
    }
  }

  /// Fills what is open with zeros.
  mutating func finish(_ take: ([UInt8]) throws -> Void) throws {
    while let first = open.first {
      data += [UInt8](repeating: 0, count: max(0, first.slot - data.count))
      try close(take)
    }
  }

  private mutating func close(_ take: ([UInt8]) throws -> Void) throws {
    let first = open.removeFirst()
    try take(first.head + data.prefix(first.slot))
    data.removeFirst(first.slot)
  }

  private func header(
    for piece: EncodedPart.Piece, _ filler: SlotFiller, _ padding: inout PaddingClock
  ) -> FrameHeader? {
    let plain = piece.header.with(protection: false)
    if isConstant {
      let header = plain.with(padding: padding.next())
      return filler.fits(piece.mainData.count, slot: header.slotLength) ? header : nil
    }
    return (1...14).lazy.compactMap { plain.with(padding: false).with(bitrateIndex: $0) }.first {
      $0.slotLength >= 0 && filler.fits(piece.mainData.count, slot: $0.slotLength)
    }
  }
}

/// When a slot gets one byte more, so that a bit rate is met that is no whole number of bytes an MP3 frame (ISO/IEC
/// 11172-3, 2.4.3.1; `frac_SpF` and `slot_lag` in LAME).
private struct PaddingClock {
  private let rest, rate: Int
  private var lag: Int

  init(_ header: FrameHeader) {
    rest = header.soundFrames / 8 * header.bitrate * 1_000 % header.rate
    rate = header.rate
    lag = rest
  }

  mutating func next() -> Bool {
    guard rest > 0 else { return false }
    lag -= rest
    guard lag < 0 else { return false }
    lag += rate
    return true
  }
}
