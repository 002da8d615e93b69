/// How a family of containers writes its chunks.
struct ChunkStyle {
  let idLength: Int
  let sizeLength: Int
  let bigEndian: Bool
  /// Whether a chunk's size includes its own id and size.
  let countsHeader: Bool
  let alignment: Int64

  /// RIFF, Microsoft and IBM 1991, and RF64, EBU Tech 3306.
  static let riff = ChunkStyle(idLength: 4, sizeLength: 4, bigEndian: false, countsHeader: false, alignment: 2)
  /// RIFF with the other byte order.
  static let rifx = ChunkStyle(idLength: 4, sizeLength: 4, bigEndian: true, countsHeader: false, alignment: 2)
  /// AIFF, EA IFF 85.
  static let iff = rifx
  /// Core Audio Format.
  static let caf = ChunkStyle(idLength: 4, sizeLength: 8, bigEndian: true, countsHeader: false, alignment: 1)
  /// Sony Wave64: ids are GUIDs.
  static let wave64 = ChunkStyle(idLength: 16, sizeLength: 8, bigEndian: false, countsHeader: true, alignment: 8)
}

struct Chunk {
  /// The first four bytes of the id, which tell the chunks of every family apart.
  let name: String
  let offset: Int64
  let sizeOffset: Int64
  let body: Int64
  /// What the header says the body's length is; nil where it counts its header and is less than that.
  let announced: UInt64?
}

/// Goes from chunk to chunk.
struct ChunkWalk<Bytes: RandomAccessBytes> {
  let bytes: Bytes
  let style: ChunkStyle
  /// Where the next chunk would start.
  private(set) var position: Int64
  private var count = 0

  init(_ bytes: Bytes, _ style: ChunkStyle, from position: Int64) {
    self.bytes = bytes
    self.style = style
    self.position = position
  }

  /// The chunk at ``position``, where there is room for its header and its name is one; nil otherwise and past the
  /// limit.
  mutating func next() -> Chunk? {
    count += 1
    let headerLength = style.idLength + style.sizeLength
    let header = bytes.bytes(at: position, count: headerLength)
    guard count <= Limits.chunks, header.count == headerLength,
      header[..<4].allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
    let size: UInt64? =
      style.sizeLength == 4
      ? header.integer(UInt32.self, at: style.idLength, bigEndian: style.bigEndian).map(UInt64.init)
      : header.integer(UInt64.self, at: style.idLength, bigEndian: style.bigEndian)
    guard let size else { return nil }
    let counted = style.countsHeader ? UInt64(headerLength) : 0
    return Chunk(
      name: String(decoding: header[..<4], as: UTF8.self), offset: position,
      sizeOffset: position + Int64(style.idLength), body: position + Int64(headerLength),
      announced: size >= counted ? size - counted : nil)
  }

  /// Goes behind `chunk`, whose body is really `length` long.
  /// - Returns: false where that is past the end of the file, or no progress.
  mutating func pass(_ chunk: Chunk, length: UInt64) -> Bool {
    guard let length = Int64(exactly: length), length <= bytes.size - chunk.body else { return false }
    let end = chunk.body + length
    position = end + (style.alignment - (end - chunk.offset) % style.alignment) % style.alignment
    return true
  }

  /// Bytes from ``position`` on that are no chunks.
  mutating func leftover() -> Int64 {
    while position < bytes.size {
      guard let chunk = next(), let length = chunk.announced, pass(chunk, length: length) else {
        return bytes.size - position
      }
    }
    return 0
  }
}
