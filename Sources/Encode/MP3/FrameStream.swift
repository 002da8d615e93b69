import MPEG

/// MP3 frames one after the other, each with its main data packed into slots as early as it goes.
///
/// With a constant bit rate every header says the same rate, and a slot is padded by a byte now and then so that the
/// rate is met; otherwise each MP3 frame gets the smallest slot that its main data fits in.
struct FrameStream {
  /// Bytes that stay in ``data`` once they are written: moving the rest to the front each time would take longer than all
  /// else.
  private static let mostWritten = 1 << 16

  private let isConstant: Bool
  private var filler: SlotFiller
  private var padding: PaddingClock
  /// MP3 frames whose slots are not full yet: everything in front of the slot, and its length.
  private var open: [(head: [UInt8], slot: Int)] = []
  /// Main data from the first open slot on, behind some that is written already.
  private var data: [UInt8] = []
  private var written = 0

  /// - Parameter header: of any MP3 frame of the stream.
  init(like header: FrameHeader, isConstant: Bool) {
    self.isConstant = isConstant
    padding = PaddingClock(header)
    filler = SlotFiller(reach: header.mostMainDataBegin)
  }

  /// - Parameters:
  ///   - isLast: whether no part follows, which might need room left in the slots of this one.
  ///   - take: gets the bytes of MP3 frames that are whole now, one after the other.
  /// - Throws: where they don't fit.
  mutating func append(_ part: EncodedPart, isLast: Bool, _ take: ([UInt8]) throws -> Void) throws {
    guard let headers = headers(for: part.pieces, isLast: isLast) else {
      throw EncodeError.unsupported("libmp3lame made MP3 frames that do not fit")
    }
    for (piece, header) in zip(part.pieces, headers) {
      _ = padding.next()
      data += [UInt8](repeating: 0, count: filler.skipped)
      var sideInfo = piece.sideInfo
      sideInfo.mainDataBegin = filler.place(piece.mainData.count, slot: header.slotLength)
      data += piece.mainData
      open.append((Frame(header: header, sideInfo: sideInfo, slot: []).head, header.slotLength))
      while let first = open.first, first.slot <= data.count - written { try close(take) }
    }
  }

  /// Fills what is open with zeros.
  mutating func finish(_ take: ([UInt8]) throws -> Void) throws {
    while let first = open.first {
      data += [UInt8](repeating: 0, count: max(0, first.slot - (data.count - written)))
      try close(take)
    }
  }

  private mutating func close(_ take: ([UInt8]) throws -> Void) throws {
    var (bytes, slot) = open.removeFirst()
    bytes += data[written..<(written + slot)]
    written += slot
    if written > Self.mostWritten {
      data.removeFirst(written)
      written = 0
    }
    try take(bytes)
  }

  /// Slots for all of `pieces`; nil where they don't fit.
  private func headers(for pieces: [EncodedPart.Piece], isLast: Bool = false) -> [FrameHeader]? {
    var (filler, padding) = (filler, padding)
    var headers: [FrameHeader] = []
    headers.reserveCapacity(pieces.count)
    let needs = isConstant ? [] : Self.needs(of: pieces, isLast: isLast)
    for (index, piece) in pieces.enumerated() {
      let constant = piece.header.with(protection: false).with(padding: padding.next())
      guard
        let header = isConstant ? constant : Self.leastHeader(for: piece, filler, leaving: needs[index]),
        filler.fits(piece.mainData.count, slot: header.slotLength)
      else { return nil }
      _ = filler.place(piece.mainData.count, slot: header.slotLength)
      headers.append(header)
    }
    return headers
  }

  /// The smallest slot that `piece` fits in.
  /// - Parameter needed: bytes that should be left for the next, as far as they can be.
  private static func leastHeader(
    for piece: EncodedPart.Piece, _ filler: SlotFiller, leaving needed: Int
  ) -> FrameHeader? {
    let plain = piece.header.with(protection: false).with(padding: false)
    let room = filler.reservoir - piece.mainData.count - needed
    return (1...14).lazy.compactMap { plain.with(bitrateIndex: $0) }.first {
      $0.slotLength >= 0 && room + $0.slotLength >= 0
    } ?? plain.with(bitrateIndex: 14)
  }

  /// For each MP3 frame the bytes that it must leave for those behind it, which are too long for the largest slot. What
  /// comes behind a part is not known: all is left for it that it may use.
  private static func needs(of pieces: [EncodedPart.Piece], isLast: Bool) -> [Int] {
    var needs = [Int](repeating: 0, count: pieces.count)
    var needed = isLast ? 0 : pieces.last?.header.mostMainDataBegin ?? 0
    for index in pieces.indices.reversed() {
      let header = pieces[index].header.with(protection: false)
      needs[index] = needed
      let largest = header.with(bitrateIndex: 14)?.slotLength ?? 0
      needed = min(header.mostMainDataBegin, max(0, needed + pieces[index].mainData.count - largest))
    }
    return needs
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
