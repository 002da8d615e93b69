import ShowModel

/// Frames of ID3v2 tags in front of the sound that no player shows, and what stands in their padding.
struct ID3v2Leaks<Bytes: RandomAccessBytes> {
  private let bytes: Bytes

  init(_ bytes: Bytes) { self.bytes = bytes }

  func findings() -> [Finding] {
    var findings: [Finding] = []
    var position: Int64 = 0
    for index in 0..<Limits.leadingTags where findings.count < Limits.findings {
      guard let length = TagLength.id3v2(bytes.bytes(at: position, count: 10)) else { break }
      if index > 0 { findings.append(Finding(.secondTag, at: position, length: length)) }
      findings += inside(position..<min(bytes.size, position + length), limit: Limits.findings - findings.count)
      position += length
    }
    return findings
  }

  /// Frames of tags with an extended header, or written around false starts of MP3 frames, are not gone through.
  private func inside(_ tag: Range<Int64>, limit: Int) -> [Finding] {
    let header = bytes.bytes(at: tag.lowerBound, count: 10)
    guard (3...4).contains(header[3]), header[5] & 0xc0 == 0 else { return [] }
    let end = tag.upperBound - (header[5] & 0x10 != 0 ? 10 : 0)
    var findings: [Finding] = []
    var position = tag.lowerBound + 10
    while position + 10 <= end, findings.count < limit,
      let frame = ID3v2Frame(bytes.bytes(at: position, count: 10), version: header[3])
    {
      guard frame.length <= end - position - 10 else { break }
      if let kind = frame.kind {
        let body = bytes.bytes(at: position + 10, count: Int(min(frame.length, 4_096)))
        let content = [frame.name, Printable.excerpt(body)].compactMap { $0 }.joined(separator: " ")
        findings.append(Finding(kind, at: position, length: 10 + frame.length, content: content))
      }
      position += 10 + frame.length
    }
    guard findings.count < limit else { return findings }
    return findings
      + Outside.findings(bytes, position..<max(position, end)).map {
        Finding(.padding, at: $0.offset, length: $0.length, content: $0.content?.revealed)
      }
  }
}

/// The header of one frame of an ID3v2.3 or 2.4 tag.
private struct ID3v2Frame {
  let name: String
  /// Of what is behind the header, in bytes.
  let length: Int64

  init?(_ header: [UInt8], version: UInt8) {
    let isName = header.prefix(4).allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) }
    guard header.count == 10, isName else { return nil }
    name = String(decoding: header[..<4], as: UTF8.self)
    let shift: Int64 = version == 4 ? 7 : 8
    length = header[4..<8].reduce(0) { $0 << shift | Int64($1) }
  }

  /// nil for frames whose texts are looked at elsewhere.
  var kind: Finding.Kind? {
    if ["RVA2", "RVAD", "RGAD", "EQU2", "EQUA"].contains(name) { return .measure }
    let hidden = [
      "PRIV", "GEOB", "UFID", "MCDI", "POPM", "PCNT", "COMR", "OWNE", "ENCR", "GRID", "LINK", "AENC", "RBUF", "SIGN",
      "ASPI", "ETCO", "SYTC", "MLLT", "POSS", "USER", "SEEK", "RVRB",
    ]
    return hidden.contains(name) ? .privateFrame : nil
  }
}
