import ShowModel

/// Metadata blocks of FLAC (RFC 9639, clause 8) that are not needed to play it, and tags around it that are not FLAC's.
struct FLACLeaks<Bytes: RandomAccessBytes> {
  private let bytes: Bytes
  private let start: Int64

  init(_ bytes: Bytes, from start: Int64) {
    (self.bytes, self.start) = (bytes, start)
  }

  func findings() -> [Finding] {
    var findings = ID3v2Leaks(bytes).findings()
    var position = start + 4
    for _ in 0..<Limits.chunks {
      let header = bytes.bytes(at: position, count: 4)
      guard header.count == 4 else { break }
      let length = header[1...].reduce(Int64(0)) { $0 << 8 | Int64($1) }
      if let kind = kind(header[0] & 0x7f, body: (position + 4)..<min(bytes.size, position + 4 + length)) {
        findings.append(Finding(kind, at: position, length: length))
      }
      position += 4 + length
      if header[0] & 0x80 != 0 || position >= bytes.size { break }
    }
    return findings + behind()
  }

  private func kind(_ type: UInt8, body: Range<Int64>) -> Finding.Kind? {
    switch type {
    case 0, 3, 4, 6: nil
    case 1: body.isEmpty || Outside.findings(bytes, body).isEmpty ? nil : .padding
    case 2: .privateFrame
    case 5: .label
    default: .chunk
    }
  }

  /// Frames of FLAC don't say how long they are, so only what is at the very end can be told from sound.
  private func behind() -> [Finding] {
    if bytes.bytes(at: bytes.size - 128, count: 3).starts(with: "TAG") {
      return [Finding(.id3v1, at: bytes.size - 128, length: 128)]
    }
    let footer = bytes.size - 32
    return bytes.bytes(at: footer, count: 8).starts(with: "APETAGEX") ? [Finding(.ape, at: footer)] : []
  }
}
