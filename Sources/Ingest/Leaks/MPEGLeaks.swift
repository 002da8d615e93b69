import MPEG
import PCM
import ShowModel

/// What an MP3 file holds besides MP3 frames, and in them besides sound.
struct MPEGLeaks<Bytes: RandomAccessBytes> {
  private(set) var findings: [Finding] = []
  private let bytes: Bytes
  private var window: Window<Bytes>
  private var ancillary = AncillaryData()
  private var first: FrameHeader?
  private var info: InfoTag?
  private var bitrates: Set<Int> = []
  private var frameBytes: Int64 = 0
  private var frameCount = 0

  init(_ bytes: Bytes) {
    self.bytes = bytes
    window = Window(bytes)
  }

  mutating func run() {
    findings = ID3v2Leaks(bytes).findings()
    var position = leadingTags()
    while position < bytes.size {
      if let header = header(at: position) {
        take(header, at: position)
        position += Int64(header.frameLength)
      } else if let tag = tag(at: position) {
        if findings.count < Limits.findings { findings.append(tag) }
        position += max(1, tag.length ?? 1)
      } else {
        let next = nextPlace(after: position)
        if findings.count < Limits.findings { findings += Outside.findings(bytes, position..<next) }
        position = next
      }
    }
    ancillary.finish()
    if let found = ancillary.finding(rate: first?.rate ?? 1) { findings.append(found) }
  }

  var encoding: MP3Encoding? {
    guard let first, frameCount > 0 else { return nil }
    let isAverage = info?.lame.map { [2, 9].contains($0.method & 15) } ?? false
    let seconds = Double(frameCount * first.soundFrames) / Double(first.rate)
    let name = info?.lame.map { Printable.excerpt($0.encoder) } ?? nil
    return MP3Encoding(
      rate: isAverage ? .average : bitrates.count == 1 ? .constant : .variable,
      kilobits: Int((Double(frameBytes) * 8 / seconds / 1_000).rounded()), encoder: name, layer: first.layer,
      frameCount: frameCount)
  }

  // MARK: Places

  private func leadingTags() -> Int64 {
    var position: Int64 = 0
    while let length = TagLength.id3v2(bytes.bytes(at: position, count: 10)), position < bytes.size {
      position += length
    }
    return position
  }

  /// Of a whole MP3 frame of this stream.
  private mutating func header(at position: Int64) -> FrameHeader? {
    guard let header = window.word(at: position).flatMap(FrameHeader.init),
      Int64(header.frameLength) <= bytes.size - position, header.layer != 3 || header.slotLength >= 0,
      first.map(header.continues) ?? true
    else { return nil }
    return header
  }

  private func tag(at position: Int64) -> Finding? {
    guard let length = TagLength.of(bytes, at: position) else { return nil }
    let head = bytes.bytes(at: position, count: 16)
    let kinds: [(String, Finding.Kind)] = [("ID3", .secondTag), ("APE", .ape), ("LYR", .lyrics3)]
    let kind = kinds.first { head.starts(with: $0.0) }?.1 ?? .id3v1
    return Finding(kind, at: position, length: min(length, bytes.size - position))
  }

  /// Of the next two MP3 frames in a row, of the next tag, or of the end.
  private mutating func nextPlace(after position: Int64) -> Int64 {
    for place in (position + 1)..<max(position + 2, bytes.size) {
      guard let word = window.word(at: place) else { break }
      if word >> 21 == 0x7ff, let one = header(at: place) {
        let next = place + Int64(one.frameLength)
        if next == bytes.size || header(at: next) != nil || TagLength.of(bytes, at: next) != nil { return place }
      }
      // "TAG", "APET", "LYRI", "ID3".
      let isTag = word >> 8 == 0x544147 || word == 0x4150_4554 || word == 0x4c59_5249 || word >> 8 == 0x494433
      if isTag, TagLength.of(bytes, at: place) != nil { return place }
    }
    return bytes.size
  }

  // MARK: MP3 frames

  private mutating func take(_ header: FrameHeader, at position: Int64) {
    let body = window.with(at: position, count: header.frameLength) { Array($0) } ?? []
    if first == nil {
      first = header
      if takeTag(body, header, at: position) { return }
    }
    frameCount += 1
    frameBytes += Int64(header.frameLength)
    bitrates.insert(header.bitrate)
    guard let frame = Frame(body[...]) else { return }
    ancillary.add(frame, at: position)
  }

  /// - Returns: whether this MP3 frame holds Xing's or Fraunhofer's tag instead of sound.
  private mutating func takeTag(_ body: [UInt8], _ header: FrameHeader, at position: Int64) -> Bool {
    let end = position + Int64(header.frameLength)
    if let tag = VBRITag(body[...]) {
      let start = position + Int64(header.slotOffset - header.sideInfoLength)
      findings += Outside.findings(bytes, start..<max(start, position + Int64(VBRITag.offset)))
      findings += Outside.findings(bytes, (position + Int64(tag.end))..<end)
      return true
    }
    guard let info = InfoTag(body[...], header: header) else { return false }
    self.info = info
    guard let lame = info.lame, let name = Self.place(of: lame.encoder, in: body) else {
      findings += Outside.findings(bytes, (position + Int64(info.end))..<end)
      return true
    }
    let start = position + Int64(name)
    // Behind the name, the method and the low-pass filter.
    if lame.gain.contains(where: { $0 != 0 }) {
      findings.append(Finding(.measure, at: start + 11, length: 8, content: "peak and replay gain in LAME's tag"))
    }
    let encoder = Printable.excerpt(lame.encoder)
    if let encoder, !encoder.hasPrefix("LAME") { findings.append(Finding(.software, at: start, content: encoder)) }
    findings += Outside.findings(
      bytes, (start + Int64(InfoTag.LAMEPart.byteCount))..<max(start + Int64(InfoTag.LAMEPart.byteCount), end))
    return true
  }

  private static func place(of name: [UInt8], in body: [UInt8]) -> Int? {
    (0..<max(0, body.count - name.count)).first { body[$0..<($0 + name.count)].elementsEqual(name) }
  }
}
