import PCM

/// What a file is, by its first bytes. Its name does not matter.
enum Container: Equatable {
  case wave(WaveKind)
  case aiff, caf, au
  /// From where on, past ID3 tags.
  case flac(Int64), mpeg(Int64), ogg
  /// Read by libsndfile; nothing in the file says how long it should be, or nothing that is checked here.
  case simple(String)
  /// Read by ffmpeg.
  case foreign(String)
  case text, audacityProject
  case unknown

  init(_ bytes: some RandomAccessBytes) {
    let magic = bytes.bytes(at: 0, count: Limits.magicBytes)
    if Self.isUTF16(magic) {
      self = .text
    } else if let kind = WaveKind(magic: magic) {
      self = .wave(kind)
    } else if let found = Self.sound(magic) ?? Self.tagged(bytes) ?? Self.foreign(magic) {
      self = found
    } else if magic.starts(with: "SQLite format 3") {
      self = .audacityProject
    } else {
      self = Self.isText(magic) ? .text : .unknown
    }
  }

  var name: String {
    switch self {
    case .wave(let kind): kind.name
    case .aiff: "AIFF"
    case .caf: "CAF"
    case .au: "AU"
    case .flac: "FLAC"
    case .mpeg: "MP3"
    case .ogg: "Ogg"
    case .simple(let name), .foreign(let name): name
    case .text: "text"
    case .audacityProject: "Audacity project"
    case .unknown: "unknown"
    }
  }

  /// Of MPEG sound, past tags in front.
  var mpegStart: Int64? {
    if case .mpeg(let start) = self { start } else { nil }
  }

  /// Whether only ffmpeg reads it, if anything does.
  var isForeign: Bool {
    switch self {
    case .foreign, .unknown: true
    default: false
    }
  }

  /// What its headers say.
  func survey(_ bytes: some RandomAccessBytes) -> Survey {
    switch self {
    case .wave(let kind): .wave(bytes, kind)
    case .aiff: .aiff(bytes)
    case .caf: .caf(bytes)
    case .au: .au(bytes)
    case .flac(let start): .flac(bytes, from: start)
    case .mpeg(let start): .mpeg(bytes, from: start)
    case .ogg: .ogg(bytes, from: 0)
    case .simple: .unchecked(bytes)
    case .foreign(let name): Self.foreignSurvey(name, bytes)
    case .text, .audacityProject, .unknown: Survey(end: bytes.size)
    }
  }
}

extension Container {
  private static func sound(_ magic: [UInt8]) -> Container? {
    if magic.starts(with: "FORM") {
      if magic.starts(with: "AIF", at: 8) { return .aiff }
      if magic.starts(with: "8SVX", at: 8) || magic.starts(with: "16SV", at: 8) { return .simple("SVX") }
    }
    let own: [(String, Container)] = [
      ("caff", .caf), (".snd", .au), ("dns.", .au), ("fLaC", .flac(0)), ("OggS", .ogg),
    ]
    if let found = own.first(where: { magic.starts(with: $0.0) }) { return found.1 }
    let simple = [
      ("NIST_1A", "NIST"), ("Creative Voice File\u{1A}", "VOC"), (" paf", "PAF"), ("fap ", "PAF"), ("2BIT", "AVR"),
      ("PVF1\n", "PVF"), ("Extended Instrument: ", "XI"), ("ALawSoundFile**", "WVE"),
    ]
    if let found = simple.first(where: { magic.starts(with: $0.0) }) { return .simple(found.1) }
    let ircam: [[UInt8]] = [[0x64, 0xA3], [0, 0, 0xA3, 0x64]]
    return ircam.contains { magic.starts(with: $0) } ? .simple("IRCAM") : nil
  }

  /// FLAC and MPEG sound, with or without ID3 tags in front.
  private static func tagged(_ bytes: some RandomAccessBytes) -> Container? {
    var start: Int64 = 0
    for _ in 0..<Limits.leadingTags {
      guard let length = TagLength.id3v2(bytes.bytes(at: start, count: 10)) else { break }
      start += length
    }
    if start > 0 {
      if bytes.bytes(at: start, count: 4).starts(with: "fLaC") { return .flac(start) }
      // Padding that the tag does not count.
      let padding = bytes.bytes(at: start, count: Limits.magicBytes).prefix { $0 == 0 }
      start += Int64(padding.count)
    }
    var window = Window(bytes)
    guard let first = window.word(at: start).flatMap(MPEGHeader.init) else { return nil }
    let next = start + Int64(first.byteCount)
    let second = window.word(at: next).flatMap(MPEGHeader.init)
    return start > 0 || next >= bytes.size || second?.continues(first) == true ? .mpeg(start) : nil
  }

  private static func isText(_ magic: [UInt8]) -> Bool {
    !magic.isEmpty && magic.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (9...13).contains($0) || $0 == 0x1B }
  }

  /// UTF-16 in a Western language. Its mark is also how a frame of MPEG sound may begin.
  private static func isUTF16(_ magic: [UInt8]) -> Bool {
    let isLittle = magic.starts(with: [0xFF, 0xFE])
    guard isLittle || magic.starts(with: [0xFE, 0xFF]) else { return false }
    return magic.prefix(64).enumerated().dropFirst(2).allSatisfy {
      ($0.element == 0) == ($0.offset % 2 == (isLittle ? 1 : 0))
    }
  }
}

extension Container {
  private static func foreign(_ magic: [UInt8]) -> Container? {
    if magic.starts(with: "ftyp", at: 4) { return .foreign(isoMedia(magic)) }
    if ["moov", "mdat", "wide", "free", "skip"].contains(where: { magic.starts(with: $0, at: 4) }) {
      return .foreign(quickTime)
    }
    if magic.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      let isWebM = (0..<60).contains { magic.starts(with: "webm", at: $0) }
      return .foreign(isWebM ? webM : matroska)
    }
    if magic.starts(with: "RIFF"), magic.starts(with: "AVI ", at: 8) { return .foreign("AVI video") }
    if magic.starts(with: [0xFF, 0xF1]) || magic.starts(with: [0xFF, 0xF9]) { return .foreign("AAC") }
    if magic.count > 376, magic[0] == 0x47, magic[188] == 0x47, magic[376] == 0x47 {
      return .foreign("MPEG transport stream (ts)")
    }
    return byMagic.first { magic.starts(with: $0.0) }.map { .foreign($0.1) }
  }

  private static let byMagic: [([UInt8], String)] =
    [([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], windowsMedia), ([0, 0, 1, 0xBA], "MPEG video")]
    + [
      ("FLV\u{1}", "Flash video (flv)"), ("#!AMR", "AMR"), ("wvpk", "WavPack"), ("MAC ", "Monkey's Audio (ape)"),
      ("MPCK", "Musepack"), ("MP+", "Musepack"), ("TTA1", "True Audio (tta)"), ("tBaK", "TAK"), ("DSD ", "DSF"),
      (".RMF", "RealMedia"), ("FRM8", "DSDIFF"),
    ].map { (Array($0.0.utf8), $0.1) }

  private static func foreignSurvey(_ name: String, _ bytes: some RandomAccessBytes) -> Survey {
    switch name {
    case windowsMedia: .asf(bytes)
    case matroska, webM: .matroska(bytes)
    case "M4A", "MP4", "3GP", quickTime: .isoMedia(bytes)
    default: Survey(end: bytes.size)
    }
  }

  private static let windowsMedia = "Windows Media (wma, wmv)"
  private static let matroska = "Matroska (mkv)"
  private static let webM = "WebM"
  private static let quickTime = "QuickTime (mov)"

  private static func isoMedia(_ magic: [UInt8]) -> String {
    if magic.starts(with: "M4", at: 8), !magic.starts(with: "M4V", at: 8) { return "M4A" }
    if magic.starts(with: "3g", at: 8) { return "3GP" }
    return magic.starts(with: "qt", at: 8) ? quickTime : "MP4"
  }
}
