import Glibc
import PCM
import ShowModel

/// What a file gives away, and of an MP3 how it was encoded.
package struct Leaks: Sendable {
  package let findings: [Finding]
  package let encoding: MP3Encoding?
  /// What the file says, for listeners and otherwise.
  package let tags: FoundTags
  /// Where each of ``tags``' pictures begins; nil where it is not found as it is.
  package let pictureOffsets: [Int64?]
}

extension OpenedSound {
  /// Looks for what the file gives away besides its sound and the tags that players show.
  ///
  /// - Complexity: reads tags and headers; MP3 files once as a whole.
  package func findLeaks() -> Leaks {
    let tags = readTags()
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      return Leaks(findings: [Finding(.unread)], encoding: nil, tags: tags, pictureOffsets: [])
    }
    let bytes = FileBytes(descriptor: descriptor, size: Int64(status.st_size))
    let container = Container(bytes)
    let search = TextSearch(bytes, container)
    var (findings, encoding) = structure(bytes, container)
    findings += TagLeaks(search, known: Set(findings.map(\.kind))).findings(in: tags)
    if !tags.isComplete { findings.append(Finding(.unread)) }
    return Leaks(
      findings: findings.sorted { ($0.offset ?? .max, $0.kind.rawValue) < ($1.offset ?? .max, $1.kind.rawValue) },
      encoding: encoding, tags: tags, pictureOffsets: tags.pictures.map(search.offset))
  }

  private func structure(_ bytes: FileBytes, _ container: Container) -> ([Finding], MP3Encoding?) {
    switch container {
    // ffmpeg decodes what begins with rubbish.
    case _ where container.mpegStart != nil || container == .unknown && description.codec == "mp3":
      var leaks = MPEGLeaks(bytes)
      leaks.run()
      return (leaks.findings, leaks.encoding)
    case .flac(let start): return (FLACLeaks(bytes, from: start).findings(), nil)
    case .ogg:
      let survey = container.survey(bytes)
      let isOther = survey.fault == .severalStreams
      return (isOther ? [Finding(.outside)] : Outside.findings(bytes, survey.end..<bytes.size), nil)
    default:
      guard let (style, start) = container.chunks else { return ([], nil) }
      return (ChunkLeaks(bytes, style, from: start).findings(), nil)
    }
  }
}

/// Bytes that belong to nothing.
enum Outside {
  /// Nothing where all of them are zero.
  static func findings(_ bytes: some RandomAccessBytes, _ range: Range<Int64>) -> [Finding] {
    var position = range.lowerBound
    while position < range.upperBound {
      let part = bytes.bytes(at: position, count: Int(min(Int64(Limits.window), range.upperBound - position)))
      if part.isEmpty { return [] }
      if let first = part.firstIndex(where: { $0 != 0 }) {
        return [
          Finding(
            .outside, at: range.lowerBound, length: range.upperBound - range.lowerBound,
            content: Printable.excerpt(part[first...]))
        ]
      }
      position += Int64(part.count)
    }
    return []
  }
}

/// Bytes as far as a person can read them.
enum Printable {
  /// - Returns: the first run of four or more letters and marks; nil where there is none.
  static func excerpt(_ bytes: some Collection<UInt8>) -> String? {
    let runs = bytes.prefix(4_096).split { !(0x20...0x7e).contains($0) }
    return runs.first { $0.count >= 4 }.map { String(decoding: $0.prefix(60), as: UTF8.self) }
  }
}
