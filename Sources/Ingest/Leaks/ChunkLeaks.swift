import ShowModel

/// Chunks of the WAVE family, AIFF and CAF that are neither sound nor what is needed to play it.
struct ChunkLeaks<Bytes: RandomAccessBytes> {
  private let bytes: Bytes
  private let style: ChunkStyle
  private let start: Int64

  init(_ bytes: Bytes, _ style: ChunkStyle, from start: Int64) {
    (self.bytes, self.style, self.start) = (bytes, style, start)
  }

  func findings() -> [Finding] {
    var findings: [Finding] = []
    var end = start
    ChunkTags.each(in: bytes, style, from: start) { chunk, length in
      end = chunk.body + length + length % 2
      if let kind = kind(of: chunk, length) {
        findings.append(
          Finding(kind, at: chunk.offset, length: length, content: kind == .chunk ? chunk.name : nil))
      }
    }
    return findings + Outside.findings(bytes, min(end, bytes.size)..<bytes.size)
  }

  private func kind(of chunk: Chunk, _ length: Int64) -> Finding.Kind? {
    switch chunk.name {
    case "fmt ", "data", "fact", "ds64", "COMM", "SSND", "FVER", "desc", "chan", "pakt", "kuki": nil
    // Tags, whose texts are looked at one by one.
    case "id3 ", "ID3 ", "NAME", "AUTH", "(c) ", "ANNO", "info": nil
    case "LIST", "list": isLabels(chunk) ? .label : isInfo(chunk) ? nil : .chunk
    case "bext": .bext
    case "iXML": .iXML
    case "cart": .cart
    case "_PMX", "aXML", "axml": .XMP
    case "cue ", "MARK", "strg", "mark": .label
    case "PEAK", "levl": .measure
    case "JUNK", "junk", "PAD ", "FLLR", "free", "fill":
      Outside.findings(bytes, chunk.body..<(chunk.body + length)).isEmpty ? nil : .padding
    default: .chunk
    }
  }

  private func isLabels(_ chunk: Chunk) -> Bool { bytes.bytes(at: chunk.body, count: 4).starts(with: "adtl") }
  private func isInfo(_ chunk: Chunk) -> Bool { bytes.bytes(at: chunk.body, count: 4).starts(with: "INFO") }
}
