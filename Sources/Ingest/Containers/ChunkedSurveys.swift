import PCM

extension Survey {
  /// AIFF and AIFF-C: `COMM` says how many frames, `SSND` how many bytes.
  static func aiff<Bytes: RandomAccessBytes>(_ bytes: Bytes) -> Survey {
    var walk = ChunkWalk(bytes, .iff, from: 12)
    var common: AIFFCommon?
    var sound: Survey?
    while let chunk = walk.next() {
      guard let announced = chunk.announced else { return .malformed(bytes) }
      if chunk.name == "COMM" {
        let length = Int(min(announced, UInt64(Limits.descriptionBytes)))
        common = AIFFCommon(bytes.bytes(at: chunk.body, count: length), offset: chunk.body)
      }
      if chunk.name == "SSND" {
        guard let common else {
          // Allowed, but nobody writes it; ffmpeg reads it.
          return .malformed(bytes)
        }
        sound = common.survey(bytes, chunk, announced: announced, walk: walk)
        break
      }
      guard walk.pass(chunk, length: announced) else { return .malformed(bytes) }
    }
    return sound ?? .malformed(bytes)
  }

  /// Core Audio Format: a `data` chunk of size -1 reaches to the end of the file.
  static func caf<Bytes: RandomAccessBytes>(_ bytes: Bytes) -> Survey {
    var walk = ChunkWalk(bytes, .caf, from: 8)
    var perSecond: UInt64?
    while let chunk = walk.next() {
      guard let announced = chunk.announced else { return .malformed(bytes) }
      if chunk.name == "desc" { perSecond = cafBytesPerSecond(bytes.bytes(at: chunk.body, count: 32)) }
      if chunk.name == "data" {
        let there = UInt64(max(0, bytes.size - chunk.body))
        var survey = Survey(end: bytes.size)
        if announced >= 1 << 62 {
          survey.fault = .silentAboutLength
          survey.patches = [Patch(there, at: chunk.sizeOffset, bigEndian: true)]
        } else if announced > there {
          survey.fault = .announcesMore(
            Amount(bytes: announced, perSecond: perSecond), there: Amount(bytes: there, perSecond: perSecond))
          survey.patches = [Patch(there, at: chunk.sizeOffset, bigEndian: true)]
        } else if walk.pass(chunk, length: announced), walk.leftover() > Limits.trailingBytes {
          survey.fault = .announcesLess(
            Amount(bytes: announced, perSecond: perSecond), there: Amount(bytes: there, perSecond: perSecond))
          survey.patches = [Patch(there, at: chunk.sizeOffset, bigEndian: true)]
        }
        return survey
      }
      guard walk.pass(chunk, length: announced) else { return .malformed(bytes) }
    }
    return .malformed(bytes)
  }

  /// - Parameter description: CAFAudioDescription: rate, format, flags, bytes a packet, frames a packet, ….
  private static func cafBytesPerSecond(_ description: [UInt8]) -> UInt64? {
    guard let pattern = description.integer(UInt64.self, at: 0, bigEndian: true),
      let packet = description.integer(UInt32.self, at: 16, bigEndian: true),
      let frames = description.integer(UInt32.self, at: 20, bigEndian: true), packet > 0, frames > 0
    else { return nil }
    let rate = Double(bitPattern: pattern)
    guard rate >= 1, rate <= 10_000_000 else { return nil }
    return UInt64(rate) * UInt64(packet) / UInt64(frames)
  }

  /// Sun/NeXT AU: one header, big-endian (`.snd`) or little-endian (`dns.`); a size of all ones is unknown.
  static func au<Bytes: RandomAccessBytes>(_ bytes: Bytes) -> Survey {
    let header = bytes.bytes(at: 0, count: 24)
    let big = header.starts(with: ".snd")
    guard let offset = header.integer(UInt32.self, at: 4, bigEndian: big),
      let announced = header.integer(UInt32.self, at: 8, bigEndian: big), offset >= 24, Int64(offset) <= bytes.size
    else { return .malformed(bytes) }
    let there = UInt64(bytes.size - Int64(offset))
    var survey = Survey(end: bytes.size)
    if announced == .max || (announced == 0 && there > UInt64(Limits.trailingBytes)) {
      survey.fault = .silentAboutLength
    } else if UInt64(announced) > there {
      survey.fault = .announcesMore(Amount(bytes: UInt64(announced)), there: Amount(bytes: there))
    } else if there - UInt64(announced) > UInt64(Limits.trailingBytes) {
      survey.fault = .announcesLess(Amount(bytes: UInt64(announced)), there: Amount(bytes: there))
    } else {
      survey.end = Int64(offset) + Int64(announced)
    }
    survey.patches = [
      Patch(UInt32(clamping: survey.end - Int64(offset)), at: 8, bigEndian: big)
    ]
    return survey
  }

  /// FLAC: STREAMINFO (RFC 9639, clause 8.2) comes first and says how many frames there are; 0 is unknown.
  static func flac<Bytes: RandomAccessBytes>(_ bytes: Bytes, from start: Int64) -> Survey {
    let header = bytes.bytes(at: start, count: 42)
    guard header.starts(with: "fLaC"), header.count == 42, header[4] & 0x7F == 0,
      let packed = header.integer(UInt64.self, at: 18, bigEndian: true)
    else { return .malformed(bytes) }
    var survey = Survey(end: bytes.size)
    survey.start = start
    // 20 bits of rate, 3 of channels, 5 of sample size, 36 of frames.
    if packed & 0xF_FFFF_FFFF == 0 { survey.fault = .silentAboutLength }
    return survey
  }
}

/// The `COMM` chunk.
private struct AIFFCommon {
  let offset: Int64
  let frames: UInt32
  /// 0 where samples are compressed.
  let bytesPerFrame: UInt64
  /// 0 where it is none that sound has.
  private let rate: UInt64

  init?(_ body: [UInt8], offset: Int64) {
    guard let channels = body.integer(UInt16.self, at: 0, bigEndian: true),
      let frames = body.integer(UInt32.self, at: 2, bigEndian: true),
      let bits = body.integer(UInt16.self, at: 6, bigEndian: true),
      let exponent = body.integer(UInt16.self, at: 8, bigEndian: true),
      let mantissa = body.integer(UInt64.self, at: 10, bigEndian: true)
    else { return nil }
    self.offset = offset
    self.frames = frames
    // An 80-bit float: the mantissa is a fraction of 2^63 with its leading 1 written out.
    let shift = 16_383 + 63 - Int(exponent & 0x7FFF)
    let rate = (0..<64).contains(shift) ? mantissa >> UInt64(shift) : 0
    self.rate = rate <= 10_000_000 ? rate : 0
    let plain = ["NONE", "twos", "sowt", "raw ", "in24", "in32", "42ni", "23ni", "fl32", "FL32", "fl64", "FL64"]
    let isPlain = body.count < 22 || plain.contains { body.starts(with: $0, at: 18) }
    bytesPerFrame = isPlain ? UInt64(channels) * ((UInt64(bits) + 7) / 8) : 0
  }

  func survey<Bytes: RandomAccessBytes>(
    _ bytes: Bytes, _ chunk: Chunk, announced: UInt64, walk: ChunkWalk<Bytes>
  ) -> Survey {
    var walk = walk
    var survey = Survey(end: bytes.size)
    let head = bytes.bytes(at: chunk.body, count: 8)
    let skipped = UInt64(head.integer(UInt32.self, at: 0, bigEndian: true) ?? 0) + 8
    let there = UInt64(max(0, bytes.size - chunk.body))
    guard skipped <= there else { return .malformed(bytes) }
    let (declared, overflow) = UInt64(frames).multipliedReportingOverflow(by: bytesPerFrame)
    guard !overflow else { return .malformed(bytes) }
    let isPlain = bytesPerFrame > 0
    if announced > there {
      survey.fault =
        announced >= 0x7FFF_F000
        ? .silentAboutLength
        : .announcesMore(
          amount(announced - min(skipped, announced)), there: amount(there - skipped))
    } else if walk.pass(chunk, length: announced), walk.leftover() > Limits.trailingBytes {
      survey.fault =
        announced < skipped + max(1, bytesPerFrame)
        ? .silentAboutLength : .announcesLess(amount(announced - skipped), there: amount(there - skipped))
    } else if announced < skipped {
      survey.end = bytes.size
    } else if isPlain, declared > announced - skipped {
      survey.fault = .announcesMore(amount(declared), there: amount(announced - skipped))
    } else if isPlain, announced - skipped - declared >= bytesPerFrame {
      survey.fault = .announcesLess(amount(declared), there: amount(announced - skipped))
    }
    survey.patches = survey.fault == nil ? [] : patches(bytes, chunk, announced: announced, skipped: skipped)
    return survey
  }

  private func amount(_ bytes: UInt64) -> Amount { Amount(bytes: bytes, perSecond: rate * min(bytesPerFrame, 4_096)) }

  private func patches(
    _ bytes: some RandomAccessBytes, _ chunk: Chunk, announced: UInt64, skipped: UInt64
  ) -> [Patch] {
    let there = UInt64(max(0, bytes.size - chunk.body))
    var patches = [
      Patch(UInt32(clamping: bytes.size - 8), at: 4, bigEndian: true),
      Patch(UInt32(clamping: there), at: chunk.sizeOffset, bigEndian: true),
    ]
    if bytesPerFrame > 0 {
      patches.append(
        Patch(UInt32(clamping: (there - min(skipped, there)) / bytesPerFrame), at: offset + 2, bigEndian: true))
    }
    return patches
  }
}
