/// The bytes of a file around its sound: what there is for text and pictures to stand in, known to a reader or not.
struct Surroundings<Bytes: RandomAccessBytes> {
  private let bytes: Bytes
  private let container: Container

  init(_ bytes: Bytes, _ container: Container) {
    (self.bytes, self.container) = (bytes, container)
  }

  /// At most ``Limits/surroundingBytes`` of them, a zero between stretches.
  func read() -> [UInt8] {
    var all: [UInt8] = []
    for stretch in stretches() {
      let room = Limits.surroundingBytes - Int64(all.count)
      guard room > 0 else { break }
      all += bytes.bytes(at: stretch.lowerBound, count: Int(min(room, stretch.upperBound - stretch.lowerBound)))
      all.append(0)
    }
    return all
  }

  /// In bytes from the start of the file, in their order.
  func stretches() -> [Range<Int64>] {
    if let (style, start) = container.chunks {
      return chunks { ChunkTags.each(in: bytes, style, from: start, $0) } ?? ends
    }
    if case .mpeg(let start) = container {
      let end = Survey.mpeg(bytes, from: start).end
      return [0..<start, end..<max(end, bytes.size)]
    }
    return ends
  }

  /// All chunks but the sound; nil where none was found.
  private func chunks(_ each: ((Chunk, Int64) -> Void) -> Void) -> [Range<Int64>]? {
    var found: [Range<Int64>] = []
    var last: Int64 = 0
    each { chunk, length in
      if !["data", "SSND"].contains(chunk.name) { found.append(chunk.offset..<(chunk.body + length)) }
      last = chunk.body + length
    }
    if last < bytes.size { found.append(max(last, bytes.size - Limits.trailingBytes)..<bytes.size) }
    return last > 0 ? found : nil
  }

  /// Where it is not known which bytes are sound: as much of both ends as tags usually take.
  private var ends: [Range<Int64>] {
    let head = min(bytes.size, Limits.headBytes)
    return [0..<head, max(head, bytes.size - Limits.tailBytes)..<bytes.size]
  }
}
