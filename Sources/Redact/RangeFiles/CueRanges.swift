import PCM
import ShowModel

/// Cue points of a WAV file: `cue `, and in `LIST adtl` a `labl` (name) and an `ltxt` (length) for each (Microsoft and
/// IBM, "Multimedia Programming Interface and Data Specifications 1.0", chapter 3). The sound itself is never read.
struct CueRanges {
  /// Gives up to `count` bytes from `offset` on; fewer only at the end of the file.
  typealias Reader = (_ offset: Int64, _ count: Int) throws -> [UInt8]

  private let errors: RangeFileErrors
  private let reader: Reader
  private var rate: SampleRate?
  private var points: [(id: UInt32, frame: UInt32)] = []
  private var lengths: [UInt32: UInt32] = [:]
  private var labels: [UInt32: String] = [:]
  private var longDataLength: UInt64?

  static func read(name: String, reader: @escaping Reader) throws -> [RedactionRange] {
    var cues = CueRanges(errors: RangeFileErrors(file: name), reader: reader)
    try cues.survey()
    return try cues.ranges()
  }

  private init(errors: RangeFileErrors, reader: @escaping Reader) {
    self.errors = errors
    self.reader = reader
  }

  private mutating func survey() throws {
    var offset: Int64 = 12
    for _ in 0..<RangeLimits.chunks {
      let header = try reader(offset, 8)
      guard header.count == 8 else { return }
      let name = String(decoding: header[..<4], as: UTF8.self)
      let size = UInt64(Self.long(header, 4))
      let length = name == "data" && size == UInt64(UInt32.max) ? longDataLength ?? size : size
      if ["fmt ", "cue ", "LIST", "ds64"].contains(name) {
        guard length <= UInt64(RangeLimits.chunkBytes) else { throw broken() }
        let body = try reader(offset + 8, Int(length))
        guard body.count == Int(length) else { throw broken() }
        try take(name, body)
      }
      let (end, overflow) = UInt64(offset + 8).addingReportingOverflow(length + (length & 1))
      guard !overflow, end < UInt64(Int64.max / 2) else { throw broken() }
      offset = Int64(end)
    }
    throw broken()
  }

  private mutating func take(_ name: String, _ body: [UInt8]) throws {
    switch name {
    case "fmt ":
      guard body.count >= 8 else { throw broken() }
      rate = SampleRate(hertz: Int(Self.long(body, 4)))
    case "ds64":
      longDataLength = body.count >= 16 ? UInt64(Self.long(body, 8)) | UInt64(Self.long(body, 12)) << 32 : nil
    case "cue ":
      guard body.count >= 4, (body.count - 4) / 24 >= Int(Self.long(body, 0)) else { throw broken() }
      for start in stride(from: 4, to: body.count - 23, by: 24) {
        points.append((Self.long(body, start), Self.long(body, start + 20)))
      }
    default: if body.starts(with: Array("adtl".utf8)) { takeList(body) }
    }
    guard points.count <= RangeLimits.ranges else { throw broken() }
  }

  private mutating func takeList(_ body: [UInt8]) {
    var offset = 4
    while offset + 12 <= body.count {
      let size = Int(Self.long(body, offset + 4))
      guard size >= 4, size <= body.count - offset - 8 else { return }
      let id = Self.long(body, offset + 8)
      switch String(decoding: body[offset..<(offset + 4)], as: UTF8.self) {
      case "ltxt" where size >= 8: lengths[id] = Self.long(body, offset + 12)
      case "labl":
        labels[id] = String(decoding: body[(offset + 12)..<(offset + 8 + size)].prefix { $0 != 0 }, as: UTF8.self)
      default: break
      }
      offset += 8 + size + size % 2
    }
  }

  private func ranges() throws -> [RedactionRange] {
    guard !points.isEmpty else { throw errors.empty() }
    guard let rate else { throw broken() }
    var builder = RangeBuilder(errors)
    for point in points.sorted(by: { $0.frame < $1.frame }) {
      let start = FramePosition(Int64(point.frame))
      guard let length = lengths[point.id], length > 0 else {
        throw errors.error(
          .point, line: nil, "the cue at \(MediaTime(startOf: start, rate: rate)) is a point, not a range",
          "Make a region of it, with a start and an end: how much to cover is never guessed.")
      }
      let time = FrameRange(start, start + FrameCount(Int64(length))).time(at: rate)
      try builder.add(time.lowerBound, time.upperBound, line: nil, label: labels[point.id])
    }
    return try builder.finished()
  }

  private func broken() -> RedactError {
    errors.error(.notAList, line: nil, "the cue points of this WAV file can't be read", "Export the regions again.")
  }

  /// Four bytes, little-endian; the caller has checked that they are there.
  private static func long(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }
  }
}
