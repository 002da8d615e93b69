import MPEG
import PCM

extension Survey {
  /// MP3 (and layers I and II): counts the MP3 frames, and compares with what the Xing or Info tag in the first of them
  /// announces. libmpg123, behind libsndfile, believes the tag: it leaves out what is beyond, and skips damage in
  /// silence, which moves all that follows to an earlier time.
  ///
  /// - Parameter start: of the first MP3 frame.
  /// - Complexity: reads the file once.
  static func mpeg<Bytes: RandomAccessBytes>(_ bytes: Bytes, from start: Int64) -> Survey {
    var walk = MPEGWalk(bytes, from: start)
    guard let first = walk.first else { return .malformed(bytes) }
    walk.run()
    var survey = Survey(end: walk.position)
    (survey.start, survey.isCounted, survey.mpegHeaders) = (start, true, walk.headers)
    let tag = MPEGTag(bytes, frame: first, at: start)
    let counted = walk.count - (tag == nil ? 0 : 1)
    switch walk.ending {
    case .cut: survey.fault = .cutShort
    case .damage: survey.fault = .damagedInside
    case .clean: break
    }
    let countsItself = tag?.countsItself(frames: counted, byteCount: walk.position - start) ?? false
    if let announced = tag?.frames, !countsItself, announced != UInt32(clamping: counted) {
      let amounts = (frames(announced, first), frames(UInt32(clamping: counted), first))
      if Int64(announced) < Int64(counted) {
        survey.fault = survey.fault ?? .announcesLess(amounts.0, there: amounts.1)
      } else if survey.fault != .damagedInside {
        survey.fault = .announcesMore(amounts.0, there: amounts.1)
      }
    }
    if let tag, tag.isXing {
      if survey.fault != nil || countsItself {
        survey.patches = tag.patches(frames: counted, byteCount: walk.position - start, isCut: survey.fault != nil)
      }
      return survey
    }
    survey.start = start + (tag == nil ? 0 : Int64(first.byteCount))
    survey.frames = FrameCount(Int64(counted) * Int64(first.samples))
    // Without a count, libsndfile reckons one from the bit rate of the first MP3 frame, and stops there: half of a file
    // of variable bit rate would be lost.
    survey.header = first.announcing(frames: counted, byteCount: survey.end - survey.start)
    return survey
  }

  private static func frames(_ count: UInt32, _ header: MPEGHeader) -> Amount {
    Amount(frames: UInt64(count) * UInt64(header.samples), perSecond: UInt64(header.rate))
  }
}

/// Goes from MP3 frame to MP3 frame.
private struct MPEGWalk<Bytes: RandomAccessBytes> {
  enum Ending { case clean, cut, damage }

  let first: MPEGHeader?
  private(set) var position: Int64
  /// Four bytes for each MP3 frame are held in memory: 0.6 MB for an hour.
  private(set) var headers: [UInt32] = []
  var count: Int { headers.count }
  private(set) var ending = Ending.clean
  private var window: Window<Bytes>

  init(_ bytes: Bytes, from start: Int64) {
    window = Window(bytes)
    position = start
    first = window.word(at: start).flatMap(MPEGHeader.init)
  }

  mutating func run() {
    guard let first, let lengths = first.lengths else { return }
    let ahead = Stretch.ahead(of: position, window.bytes, lengths)
    while position < window.bytes.size {
      if let stretch = ahead[position] {
        headers += stretch.headers
        position = stretch.end
        continue
      }
      if pass(lengths, upTo: ahead) { continue }
      guard let word = window.word(at: position), let header = MPEGHeader(word), header.continues(first) else {
        ending = endingHere(first)
        return
      }
      guard Int64(header.byteCount) <= window.bytes.size - position else {
        ending = .cut
        return
      }
      position += Int64(header.byteCount)
      headers.append(word)
    }
  }

  /// Goes on as far as all is as it should be and at hand; what stopped it is for others to say.
  /// - Returns: whether it came further.
  private mutating func pass(_ lengths: FrameLengths, upTo ahead: [Int64: Stretch<Bytes>]) -> Bool {
    let (start, left) = (position, window.bytes.size - position)
    let next = ahead.keys.filter { $0 > start }.min() ?? .max
    let length = window.withRest(from: position, least: FrameHeader.byteCount) {
      lengths.walk($0, end: left) { place, word in
        guard start + Int64(place) < next else { return false }
        headers.append(word)
        return true
      }
    }
    position += Int64(length ?? 0)
    return length ?? 0 > 0
  }

  /// What it means that there is no MP3 frame at ``position``: tags, a little rubbish, or damage.
  private mutating func endingHere(_ first: MPEGHeader) -> Ending {
    var behind = position
    for _ in 0..<Limits.leadingTags {
      guard let length = TagLength.of(window.bytes, at: behind) else { break }
      behind += min(length, window.bytes.size - behind)
    }
    let rest = window.bytes.size - behind
    if rest == 0 { return .clean }
    if rest < 4 && behind == position { return .cut }
    return rest <= Limits.trailingBytes && !hasFrames(first, from: behind) ? .clean : .damage
  }

  /// Whether two MP3 frames in a row, or one up to the end, come after `start`.
  private mutating func hasFrames(_ first: MPEGHeader, from start: Int64) -> Bool {
    for offset in start..<max(start, window.bytes.size - 3) {
      guard let one = window.word(at: offset).flatMap(MPEGHeader.init), one.continues(first) else { continue }
      let next = offset + Int64(one.byteCount)
      if next == window.bytes.size { return true }
      if let two = window.word(at: next).flatMap(MPEGHeader.init), two.continues(first) { return true }
    }
    return false
  }
}

/// MP3 frames in a row somewhere in a file. Who comes to the first of them would go the same way: stretches that begin
/// where it seems likely are gone through on all cores, before the walk gets there.
private struct Stretch<Bytes: RandomAccessBytes> {
  /// Bytes of a stretch; shorter files have none.
  private static var size: Int64 { 4 << 20 }
  /// MP3 frames in a row that are hardly chance; were they, nobody would come to the first.
  private static var likely: Int { 4 }
  /// No MP3 frame is longer.
  private static var longest: Int { 2_881 }

  let headers: [UInt32]
  let end: Int64

  /// - Returns: by their starts.
  static func ahead(of start: Int64, _ bytes: Bytes, _ lengths: FrameLengths) -> [Int64: Self] {
    let starts = Array(stride(from: start + size, to: bytes.size, by: Int(size)))
    let found = AllCores.map(starts.count) { index -> (start: Int64, stretch: Self)? in
      var window = Window(bytes)
      guard let first = firstFrame(from: starts[index], &window, lengths) else { return nil }
      return (first, Self(from: first, to: starts[index] + size, &window, lengths))
    }
    let stretches = found.compactMap(\.self).filter { $0.stretch.end > $0.start }
    return Dictionary(stretches.map { ($0.start, $0.stretch) }, uniquingKeysWith: { first, _ in first })
  }

  private init(from start: Int64, to end: Int64, _ window: inout Window<Bytes>, _ lengths: FrameLengths) {
    let size = window.bytes.size
    var (headers, position) = ([UInt32](), start)
    headers.reserveCapacity(Int(Self.size) >> 8)
    while position < end {
      let from = position
      let length = window.withRest(from: from, least: FrameHeader.byteCount) {
        lengths.walk($0, end: size - from) { place, word in
          guard from + Int64(place) < end else { return false }
          headers.append(word)
          return true
        }
      }
      guard let length, length > 0 else { break }
      position += Int64(length)
    }
    (self.headers, self.end) = (headers, position)
  }

  private static func firstFrame(
    from start: Int64, _ window: inout Window<Bytes>, _ lengths: FrameLengths
  ) -> Int64? {
    (start..<(start + Int64(longest))).first { offset in
      var next = offset
      return (0..<likely).allSatisfy { _ in
        guard let word = window.word(at: next), lengths.length(word) > 0 else { return false }
        next += Int64(lengths.length(word))
        return true
      }
    }
  }
}

/// The tag in the first MP3 frame that says how many follow: Xing's with LAME's behind it, or Fraunhofer's VBRI.
private struct MPEGTag {
  /// Whether libmpg123 goes by it.
  let isXing: Bool
  /// nil where it does not say, or says 0.
  let frames: UInt32?
  private let byteCount: UInt32?
  private let offset: Int64
  private let flags: UInt32
  /// Of LAME's delay and padding, where they are written.
  private let gapless: (offset: Int64, value: [UInt8])?

  init?(_ bytes: some RandomAccessBytes, frame: MPEGHeader, at start: Int64) {
    let body = bytes.bytes(at: start, count: min(frame.byteCount, 512))
    let at = frame.xingOffset
    let word = { (place: Int) in body.integer(UInt32.self, at: place, bigEndian: true) }
    guard frame.layer == 3 else { return nil }
    if body.starts(with: "VBRI", at: 36), let size = word(46), let count = word(50) {
      (isXing, frames, byteCount, offset, flags, gapless) = (false, count == 0 ? nil : count, size, 0, 0, nil)
      return
    }
    guard body.starts(with: "Xing", at: at) || body.starts(with: "Info", at: at), let flags = word(at + 4) else {
      return nil
    }
    let count = flags & 1 != 0 ? word(at + 8) ?? 0 : 0
    var next = at + 8 + (flags & 1 != 0 ? 4 : 0)
    byteCount = flags & 2 != 0 ? word(next) : nil
    next += (flags & 2 != 0 ? 4 : 0) + (flags & 4 != 0 ? 100 : 0) + (flags & 8 != 0 ? 4 : 0)
    // Behind nine bytes of the encoder's name and twelve of settings.
    let place = next + 21
    gapless = place + 3 <= body.count ? (start + Int64(place), Array(body[place..<(place + 3)])) : nil
    (frames, isXing) = (count == 0 ? nil : count, count != 0)
    offset = start + Int64(at)
    self.flags = flags
  }

  /// Some encoders count the MP3 frame that holds the tag; that nothing is missing then shows by the bytes.
  func countsItself(frames count: Int, byteCount size: Int64) -> Bool {
    frames == UInt32(clamping: count + 1) && byteCount.map(Int64.init) == size
  }

  /// - Parameter isCut: no padding is left to be taken off at the end.
  func patches(frames count: Int, byteCount size: Int64, isCut: Bool) -> [Patch] {
    var patches = [Patch(UInt32(clamping: count), at: offset + 8, bigEndian: true)]
    if flags & 2 != 0 { patches.append(Patch(UInt32(clamping: size), at: offset + 12, bigEndian: true)) }
    if isCut, let gapless {
      let value = gapless.value
      patches.append(Patch(bytes: [value[0], value[1] & 0xF0, 0], at: gapless.offset))
    }
    return patches
  }
}
