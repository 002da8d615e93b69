/// The containers that ffmpeg reads. It makes do with half a file, and often ends with status 0; so their own sizes are
/// compared with the file first. What is not understood here is left to ffmpeg.
extension Survey {
  /// MP4, M4A, QuickTime (ISO/IEC 14496-12, 4.2): boxes up to the end of the file, among them `moov`, without which
  /// nothing can be played.
  static func isoMedia(_ bytes: some RandomAccessBytes) -> Survey {
    var survey = Survey(end: bytes.size)
    var (position, hasIndex) = (Int64(0), false)
    for _ in 0..<Limits.chunks {
      let header = bytes.bytes(at: position, count: 16)
      guard let short = header.integer(UInt32.self, at: 0, bigEndian: true), header.count >= 8 else { break }
      hasIndex = hasIndex || header.starts(with: "moov", at: 4)
      let long = short == 1 ? header.integer(UInt64.self, at: 8, bigEndian: true) : UInt64(short)
      // 0: up to the end of the file.
      guard let length = long, length >= 8 else { break }
      guard let length = Int64(exactly: length), length <= bytes.size - position else {
        survey.fault = .cutShort
        return survey
      }
      position += length
    }
    if !hasIndex { survey.fault = .cutShort }
    return survey
  }

  /// Matroska and WebM (RFC 8794, RFC 9559): one `Segment` holds all; a size of all ones is unknown.
  static func matroska(_ bytes: some RandomAccessBytes) -> Survey {
    var survey = Survey(end: bytes.size)
    guard let head = ebmlSize(bytes, at: 4), let length = head.value,
      bytes.bytes(at: 4 + head.width + length, count: 4) == [0x18, 0x53, 0x80, 0x67]
    else { return survey }
    let place = 8 + head.width + length
    guard let segment = ebmlSize(bytes, at: place) else {
      survey.fault = .cutShort
      return survey
    }
    if let value = segment.value {
      if value > bytes.size - place - segment.width { survey.fault = .cutShort }
    } else {
      survey.fault = .silentAboutLength
    }
    return survey
  }

  /// A variable-size integer: the leading zeros of its first byte say how many bytes it has.
  /// - Returns: the number, nil where it says "unknown", and how many bytes it takes; nil where the file ends.
  private static func ebmlSize(_ bytes: some RandomAccessBytes, at offset: Int64) -> (value: Int64?, width: Int64)? {
    let data = bytes.bytes(at: offset, count: 8)
    guard let first = data.first, first != 0, data.count > first.leadingZeroBitCount else { return nil }
    let width = first.leadingZeroBitCount + 1
    let value = data[..<width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & (1 << UInt64(7 * width) - 1)
    let isUnknown = value == 1 << UInt64(7 * width) - 1
    // A limit that no sum of it with another can pass.
    return (isUnknown ? nil : min(Int64(value), 1 << 60), Int64(width))
  }

  /// Windows Media (ASF): the File Properties Object says how large the file is.
  static func asf(_ bytes: some RandomAccessBytes) -> Survey {
    var survey = Survey(end: bytes.size)
    let properties: [UInt8] = [0xA1, 0xDC, 0xAB, 0x8C, 0x47, 0xA9, 0xCF, 0x11]
    var position: Int64 = 30
    for _ in 0..<Limits.chunks {
      let object = bytes.bytes(at: position, count: 92)
      guard let size = object.integer(UInt64.self, at: 16), size >= 24, size <= UInt64(bytes.size) else { break }
      if object.starts(with: properties), let announced = object.integer(UInt64.self, at: 40),
        let flags = object.integer(UInt32.self, at: 88)
      {
        // Flag 1: broadcast, sizes mean nothing.
        if flags & 1 != 0 || announced == 0 {
          survey.fault = .silentAboutLength
        } else if announced > UInt64(bytes.size) {
          survey.fault = .cutShort
        }
        return survey
      }
      position += Int64(size)
    }
    return survey
  }
}
