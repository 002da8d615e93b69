import PCM

extension Survey {
  /// Ogg (RFC 3533): goes from page to page, checks their sums, and wants the last one to say that it is the last.
  ///
  /// libogg leaves out a damaged page without a word, which moves all that follows to an earlier time.
  /// - Complexity: reads the file once.
  static func ogg<Bytes: RandomAccessBytes>(_ bytes: Bytes, from start: Int64) -> Survey {
    var window = Window(bytes)
    var survey = Survey(end: bytes.size)
    survey.start = start
    var (position, serial, sequence, isLast) = (start, UInt32?.none, UInt32(0), false)
    while position < bytes.size {
      guard let page = OggPage(&window, at: position) else {
        let isTail = bytes.size - position <= Int64(OggPage.largest) && !hasPage(&window, after: position)
        survey.fault = isTail ? (isLast ? nil : .cutShort) : .damagedInside
        break
      }
      if let serial, serial != page.serial {
        survey.fault = .severalStreams
        return survey
      }
      guard serial == nil || page.sequence == sequence, page.hasRightSum else {
        survey.fault = .damagedInside
        break
      }
      (serial, sequence, isLast) = (page.serial, page.sequence &+ 1, page.isLast)
      position += Int64(page.byteCount)
    }
    survey.end = position
    if survey.fault == nil && !isLast { survey.fault = .cutShort }
    return survey
  }

  /// Whether a page starts in the tail of a file.
  private static func hasPage(_ window: inout Window<some RandomAccessBytes>, after position: Int64) -> Bool {
    for offset in (position + 1)..<max(position + 1, window.bytes.size - 27) {
      if window.word(at: offset) == 0x4F67_6753 { return true }
    }
    return false
  }
}

private struct OggPage {
  /// 27 bytes, 255 lengths, 255 times 255 bytes.
  static let largest = 27 + 255 + 255 * 255

  let serial: UInt32
  let sequence: UInt32
  let isLast: Bool
  let byteCount: Int
  let hasRightSum: Bool

  /// - Returns: nil where no whole page is.
  init?(_ window: inout Window<some RandomAccessBytes>, at position: Int64) {
    guard let header = window.with(at: position, count: 27, { Array($0) }), header.starts(with: "OggS"),
      let serial = header.integer(UInt32.self, at: 14), let sequence = header.integer(UInt32.self, at: 18),
      let sum = header.integer(UInt32.self, at: 22),
      let body = window.with(at: position + 27, count: Int(header[26]), { $0.reduce(0) { $0 + Int($1) } })
    else { return nil }
    byteCount = 27 + Int(header[26]) + body
    (self.serial, self.sequence, isLast) = (serial, sequence, header[5] & 4 != 0)
    guard let found = window.with(at: position, count: byteCount, { OggSum.of($0) }) else { return nil }
    hasRightSum = found == sum
  }
}

/// The checksum of a page: polynomial 0x04C11DB7, nothing reflected, its own field taken as zero (RFC 3533, clause 6).
private enum OggSum {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index) << 24) { sum, _ in sum & 0x8000_0000 != 0 ? sum << 1 ^ 0x04C1_1DB7 : sum << 1 }
  }

  static func of(_ page: ArraySlice<UInt8>) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      page.withUnsafeBufferPointer { bytes in
        var sum: UInt32 = 0
        for index in 0..<bytes.count {
          let byte = (22..<26).contains(index) ? 0 : bytes[index]
          sum = sum << 8 ^ table[Int(UInt8(truncatingIfNeeded: sum >> 24) ^ byte)]
        }
        return sum
      }
    }
  }
}
