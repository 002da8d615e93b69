import ShowModel

/// What the chunks of the WAVE family, AIFF and CAF say besides the sound.
struct ChunkTags<Bytes: RandomAccessBytes> {
  private let bytes: Bytes
  private let style: ChunkStyle
  private let start: Int64

  /// - Returns: nil for a file without such chunks.
  init?(_ bytes: Bytes, _ container: Container) {
    guard let (style, start) = container.chunks else { return nil }
    (self.bytes, self.style, self.start) = (bytes, style, start)
  }

  func texts() -> [FoundTags.Text] {
    var texts: [FoundTags.Text] = []
    ChunkTags.each(in: bytes, style, from: start) { chunk, length in
      guard Self.isText(chunk.name) else { return }
      texts += read(chunk.name, bytes.bytes(at: chunk.body, count: Int(min(length, Limits.tagBytes))))
    }
    return texts
  }

  /// Goes over all chunks. Sizes that lie end the walk.
  static func each(in bytes: Bytes, _ style: ChunkStyle, from start: Int64, _ body: (Chunk, Int64) -> Void) {
    var walk = ChunkWalk(bytes, style, from: start)
    while let chunk = walk.next() {
      let there = max(0, bytes.size - chunk.body)
      let length = min(Int64(clamping: chunk.announced ?? 0), there)
      body(chunk, length)
      // The last chunk may be without its filling byte, and sound in RF64 is longer than its own chunk says.
      guard walk.pass(chunk, length: UInt64(length)) else { return }
    }
  }

  private static func isText(_ name: String) -> Bool {
    [
      "LIST", "list", "bext", "iXML", "_PMX", "aXML", "axml", "cart", "NAME", "AUTH", "(c) ", "ANNO", "MARK", "info",
      "strg",
    ].contains(name)
  }

  private func read(_ name: String, _ body: [UInt8]) -> [FoundTags.Text] {
    switch name {
    case "LIST", "list": list(body)
    case "bext": fields(body, .bext, [256, 32, 32, 10, 8]) + codingHistory(body)
    case "cart": fields(Array(body.dropFirst(4)), .cart, [64, 64, 64, 64, 64, 64, 64, 10, 8, 10, 8, 64, 64, 64])
    case "iXML": XMLTexts.of(TextBytes.decode(body)).map { FoundTags.Text(.iXML, $0) }
    case "_PMX", "aXML", "axml": XMLTexts.of(TextBytes.decode(body)).map { FoundTags.Text(.XMP, $0) }
    case "MARK": markers(body)
    case "info": pairs(body)
    case "strg": strings(body).map { FoundTags.Text(.cueLabel, $0) }
    default: [FoundTags.Text(TagKind(key: name), TextBytes.decode(body))]
    }
  }

  /// `INFO`: a chunk a text. `adtl`: texts of cue points, behind the number of the point.
  private func list(_ body: [UInt8]) -> [FoundTags.Text] {
    let isInfo = body.starts(with: "INFO")
    guard isInfo || body.starts(with: "adtl") else { return [] }
    var texts: [FoundTags.Text] = []
    ChunkTags<[UInt8]>.each(in: body, style, from: 4) { chunk, length in
      let content = body.bytes(at: chunk.body, count: Int(length))
      if isInfo {
        texts.append(FoundTags.Text(TagKind(key: chunk.name), TextBytes.decode(content)))
      } else {
        let lead = chunk.name == "ltxt" ? 20 : 4
        texts.append(FoundTags.Text(.cueLabel, TextBytes.decode(content.dropFirst(lead))))
      }
    }
    return texts
  }

  private func fields(_ body: [UInt8], _ kind: TagKind, _ lengths: [Int]) -> [FoundTags.Text] {
    var rest = body[...]
    return lengths.map { length in
      defer { rest = rest.dropFirst(length) }
      return FoundTags.Text(kind, TextBytes.decode(rest.prefix(length)))
    }
  }

  /// EBU R 98: lines of `A=PCM,F=48000,…,T=free text`.
  private func codingHistory(_ body: [UInt8]) -> [FoundTags.Text] {
    TextBytes.decode(body.dropFirst(602)).split(whereSeparator: \.isNewline).compactMap { line in
      let parts = line.split(separator: ",").map(String.init)
      return parts.first { $0.hasPrefix("T=") }.map { FoundTags.Text(.bext, String($0.dropFirst(2))) }
    }
  }

  /// AIFF: a number, then for each marker its own number, its place and a Pascal string.
  private func markers(_ body: [UInt8]) -> [FoundTags.Text] {
    var texts: [FoundTags.Text] = []
    var position = 8
    while position < body.count {
      let length = Int(body[position])
      let text = body.bytes(at: Int64(position + 1), count: length)
      texts.append(FoundTags.Text(.cueLabel, TextBytes.decode(text)))
      position += (length + 2) & ~1
      position += 6
    }
    return texts
  }

  /// CAF: names and values in turn. A name that nobody knows may itself say something.
  private func pairs(_ body: [UInt8]) -> [FoundTags.Text] {
    let strings = strings(body)
    return strings.indices.compactMap { index in
      let isName = index.isMultiple(of: 2)
      let kind = TagKind(key: strings[isName ? index : index - 1])
      return isName && kind != .other ? nil : FoundTags.Text(kind, strings[index])
    }
  }

  /// CAF: texts behind a number, each with a NUL behind it. One may be empty.
  private func strings(_ body: [UInt8]) -> [String] {
    body.dropFirst(4).split(separator: 0, omittingEmptySubsequences: false).map { TextBytes.decode($0) }
  }
}

extension Container {
  /// How the chunks of this kind of file are written, and where they begin; nil where there are none.
  var chunks: (style: ChunkStyle, start: Int64)? {
    switch self {
    case .wave(let kind): (kind.style, kind == .wave64 ? 40 : 12)
    case .aiff: (.iff, 12)
    case .caf: (.caf, 8)
    default: nil
    }
  }
}
