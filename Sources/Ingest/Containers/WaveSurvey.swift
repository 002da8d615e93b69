import PCM

/// The members of the WAVE family.
enum WaveKind {
  case wave, bigEndianWave, rf64, bw64, wave64

  private static let riffID: [UInt8] =
    Array("riff".utf8) + [0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 4, 0xC1, 0, 0]

  /// - Parameter magic: the first 40 bytes.
  init?(magic: [UInt8]) {
    if magic.starts(with: Self.riffID), magic.starts(with: "wave", at: 24) {
      self = .wave64
      return
    }
    guard magic.starts(with: "WAVE", at: 8) else { return nil }
    if magic.starts(with: "RIFF") {
      self = .wave
    } else if magic.starts(with: "RIFX") {
      self = .bigEndianWave
    } else if magic.starts(with: "RF64") {
      self = .rf64
    } else if magic.starts(with: "BW64") {
      self = .bw64
    } else {
      return nil
    }
  }

  var style: ChunkStyle {
    switch self {
    case .wave, .rf64, .bw64: .riff
    case .bigEndianWave: .rifx
    case .wave64: .wave64
    }
  }

  var name: String {
    switch self {
    case .wave, .bigEndianWave: "WAV"
    case .rf64: "RF64"
    case .bw64: "BW64"
    case .wave64: "W64"
    }
  }
}

extension Survey {
  /// RIFF/WAVE; RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088) with their 64-bit sizes in `ds64`; Sony Wave64.
  static func wave<Bytes: RandomAccessBytes>(_ bytes: Bytes, _ kind: WaveKind) -> Survey {
    var walk = ChunkWalk(bytes, kind.style, from: kind == .wave64 ? 40 : 12)
    var format: WaveFormat?
    var largeDataSize: UInt64?
    while let chunk = walk.next() {
      guard let announced = chunk.announced else { return .malformed(bytes) }
      let body = { bytes.bytes(at: chunk.body, count: min(Limits.descriptionBytes, Int(clamping: announced))) }
      switch chunk.name {
      case "data":
        guard let format else { return .malformed(bytes) }
        return WaveData(kind: kind, format: format, chunk: chunk, largeSize: largeDataSize)
          .survey(bytes, announced: announced, walk: walk)
      case "fmt ":
        guard format == nil, let read = WaveFormat(body(), bigEndian: kind.style.bigEndian) else {
          return .malformed(bytes)
        }
        format = read
      case "ds64" where kind == .rf64 || kind == .bw64:
        guard let size = body().integer(UInt64.self, at: 8) else { return .malformed(bytes) }
        largeDataSize = size
      default: break
      }
      guard walk.pass(chunk, length: announced) else { return .malformed(bytes) }
    }
    return .malformed(bytes)
  }
}

/// The `data` chunk and what its header must agree with.
private struct WaveData {
  let kind: WaveKind
  let format: WaveFormat
  let chunk: Chunk
  /// From `ds64`.
  let largeSize: UInt64?

  func survey<Bytes: RandomAccessBytes>(_ bytes: Bytes, announced field: UInt64, walk: ChunkWalk<Bytes>) -> Survey {
    var walk = walk
    let isLarge = field == 0xFFFF_FFFF && kind != .wave64 && largeSize != nil
    let announced = isLarge ? largeSize ?? field : field
    let there = bytes.size - chunk.body
    var survey = Survey(end: bytes.size)
    if Self.saysNothing(announced, there: there, isWide: kind == .wave64 || isLarge) {
      survey.fault = .silentAboutLength
    } else if announced > UInt64(there) {
      survey.fault = .announcesMore(amount(announced), there: amount(UInt64(there)))
    } else if walk.pass(chunk, length: announced) {
      let end = chunk.body + Int64(announced)
      let leftover = walk.leftover()
      if leftover > Limits.trailingBytes {
        let all = UInt64(bytes.size - chunk.body)
        survey.fault =
          announced == 0 ? .silentAboutLength : .announcesLess(amount(announced), there: amount(all))
      } else {
        survey.end = end
        survey.layout = layout(length: Int64(announced), second: hasSecondData(bytes, from: chunk, announced))
      }
    } else {
      return .malformed(bytes)
    }
    survey.start = chunk.body
    survey.header = header(length: survey.end - chunk.body)
    return survey
  }

  /// Whether a size stands for "not known yet", as ffmpeg, sox and recorders write it before the sound is there.
  private static func saysNothing(_ announced: UInt64, there: Int64, isWide: Bool) -> Bool {
    guard announced > UInt64(there) else { return false }
    if isWide { return announced >= 1 << 62 }
    // sox writes 0x7FFFF000 or so into a pipe, others 0x7FFFFFFF or 0xFFFFFFFF less the header.
    return announced >= 0xFFFF_F000 || (0x7FFF_F000...0x8000_0000).contains(announced)
  }

  private func amount(_ bytes: UInt64) -> Amount {
    Amount(bytes: bytes, perSecond: UInt64(format.bytesPerSecond))
  }

  private func layout(length: Int64, second: Bool) -> RawSoundLayout? {
    guard !second, kind != .bigEndianWave, let encoding = format.encoding, let sound = format.format else { return nil }
    return RawSoundLayout(
      encoding: encoding, format: sound, dataOffset: chunk.body,
      dataLength: length - length % Int64(format.blockAlign), channelMask: format.mask,
      isExtensible: format.isExtensible)
  }

  private func hasSecondData(_ bytes: some RandomAccessBytes, from chunk: Chunk, _ length: UInt64) -> Bool {
    var walk = ChunkWalk(bytes, kind.style, from: chunk.offset)
    var (current, size) = (chunk, length)
    while walk.pass(current, length: size), let next = walk.next(), let announced = next.announced {
      if next.name == "data" || next.name == "fmt " { return true }
      (current, size) = (next, announced)
    }
    return false
  }

  /// The header that libsndfile gets to see: nothing but the format and the true size.
  ///
  /// libsndfile 1.2.0 loops for ever on a W64 size that lies, loses its way behind an odd chunk in RF64, and does not
  /// know BW64; and tags are none of its business here.
  private func header(length: Int64) -> [UInt8] {
    let big = kind == .bigEndianWave
    let isLarge = length > Int64(UInt32.max) - 1_024
    var header = HeaderBytes(bigEndian: big)
    header.text(isLarge ? "RF64" : big ? "RIFX" : "RIFF")
    let sizesLength: Int64 = isLarge ? 36 : 0
    let total = 4 + sizesLength + 8 + Int64(format.body.count) + 8 + length
    header.word(UInt32(clamping: isLarge ? Int64(UInt32.max) : total))
    header.text("WAVE")
    if isLarge {
      header.text("ds64")
      header.word(28)
      header.long(UInt64(total))
      header.long(UInt64(length))
      header.long(UInt64(length) / UInt64(max(1, format.blockAlign)))
      header.word(0)
    }
    header.text("fmt ")
    header.word(UInt32(format.body.count))
    header.bytes += format.body
    header.text("data")
    header.word(isLarge ? .max : UInt32(clamping: length))
    return header.bytes
  }
}

private struct HeaderBytes {
  let bigEndian: Bool
  var bytes: [UInt8] = []

  init(bigEndian: Bool) { self.bigEndian = bigEndian }

  mutating func text(_ text: String) { bytes += Array(text.utf8) }
  mutating func word(_ value: UInt32) { bytes += Patch(value, at: 0, bigEndian: bigEndian).bytes }
  mutating func long(_ value: UInt64) { bytes += Patch(value, at: 0, bigEndian: bigEndian).bytes }
}
