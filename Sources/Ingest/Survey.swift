import PCM

/// What a look at a file's headers says, before a decoder sees them.
///
/// Decoders are kind: they play what is there and keep quiet about what is missing. This program must not, because a
/// range then covers the wrong place. So headers are compared with the file first; and what a decoder gets to see is a
/// view of the file whose header is true, without the tags around the sound.
struct Survey {
  enum Fault: Equatable {
    case announcesMore(Amount, there: Amount)
    case announcesLess(Amount, there: Amount)
    case silentAboutLength
    /// An old format whose lengths are not looked at here, or which has none.
    case unchecked
    case cutShort
    case damagedInside
    /// Not to be shown to any decoder.
    case malformed
    /// More than one stream, which libsndfile plays only the first of.
    case severalStreams
  }

  var fault: Fault?
  /// What makes the header say what is there.
  var patches: [Patch] = []
  /// What a decoder gets to see before that.
  var header: [UInt8] = []
  /// Where a decoder starts to see the file.
  var start: Int64 = 0
  /// Where a decoder ceases to see the file.
  var end: Int64
  /// Frames that a decoder delivers, where that is known better than by the decoder itself.
  var frames: FrameCount?
  /// Whether the decoder's own number of frames can be relied on whatever ``fault`` is, because all was counted.
  var isCounted = false
  var layout: RawSoundLayout?
  /// Of all MP3 frames, in order.
  var mpegHeaders: [UInt32] = []

  init(end: Int64) { self.end = end }

  static func unchecked(_ bytes: some RandomAccessBytes) -> Survey {
    var survey = Survey(end: bytes.size)
    survey.fault = .unchecked
    return survey
  }

  static func malformed(_ bytes: some RandomAccessBytes) -> Survey {
    var survey = Survey(end: bytes.size)
    survey.fault = .malformed
    return survey
  }
}

/// A length of sound, encoded or decoded.
struct Amount: Equatable {
  let count: UInt64
  /// How much a second of it is, where that is fixed.
  let perSecond: UInt64?
  private let unit: String

  init(bytes: UInt64, perSecond: UInt64? = nil) {
    count = bytes
    self.perSecond = perSecond == 0 ? nil : perSecond
    unit = "bytes"
  }

  /// Decoded sound, of which `perSecond` frames are a second.
  init(frames: UInt64, perSecond: UInt64) {
    count = frames
    self.perSecond = perSecond == 0 ? nil : perSecond
    unit = "frames"
  }

  /// Two amounts told apart in words: as times where they differ by that, otherwise as they were counted.
  static func words(_ first: Amount, _ second: Amount) -> (String, String) {
    if let one = first.time, let other = second.time, one != other {
      return ("\(one) of sound", "\(other)")
    }
    return ("\(first.count) \(first.unit) of sound", "\(second.count)")
  }

  private var time: String? {
    guard let perSecond, let divisor = Int64(exactly: perSecond) else { return nil }
    let length = MediaTime.scale(Int64(clamping: count), by: 1_000_000_000, over: divisor, roundUp: false)
    return SoundErrors.clock(MediaTime(nanoseconds: length))
  }
}

extension Survey {
  /// What a decoder is shown of the file.
  func view(of file: some RandomAccessBytes) -> PatchedBytes {
    PatchedBytes(file, header: header, from: start, to: end, patches: patches)
  }

  /// The fault as an error, or nil where there is none or `allowTruncated` puts up with it.
  func error(_ errors: SoundErrors, container: String, allowTruncated: Bool) -> IngestError? {
    switch fault {
    case nil, .severalStreams: return nil
    case .malformed: return errors.malformed(container)
    case _ where allowTruncated: return nil
    case .announcesMore(let announced, let there):
      let (first, second) = Amount.words(announced, there)
      return errors.truncated(container, announced: first, there: second)
    case .announcesLess(let announced, let there):
      let (first, second) = Amount.words(announced, there)
      return errors.longerThanAnnounced(container, announced: first, there: second)
    case .silentAboutLength: return errors.unknownLength(container)
    case .unchecked: return errors.unchecked(container)
    case .cutShort: return errors.cutShort(container)
    case .damagedInside: return errors.damagedInside(container)
    }
  }
}
