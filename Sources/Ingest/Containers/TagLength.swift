/// How long a tag around MPEG or FLAC sound is, to go around it. What is in it is never read.
enum TagLength {
  /// - Returns: the bytes of the tag that starts at `offset`, 1 or more; nil where there is none.
  static func of(_ bytes: some RandomAccessBytes, at offset: Int64) -> Int64? {
    let head = bytes.bytes(at: offset, count: 32)
    if let length = id3v2(head) { return length }
    if head.starts(with: "TAG+") { return 227 }
    if head.starts(with: "TAG"), bytes.size - offset <= 128 + 227 { return 128 }
    if head.starts(with: "APETAGEX"), let size = head.integer(UInt32.self, at: 12) {
      // The size leaves out the header, which this is unless its flag says footer.
      return Int64(size) + 32
    }
    if head.starts(with: "LYRICSBEGIN"), bytes.size - offset <= 65_536 { return bytes.size - offset }
    return nil
  }

  /// ID3v2.4, 3.1: ten bytes and a size of four times seven bits, and ten more for a footer.
  static func id3v2(_ head: [UInt8]) -> Int64? {
    guard head.starts(with: "ID3"), head.count >= 10, head[3] != 0xFF, head[6..<10].allSatisfy({ $0 < 0x80 }) else {
      return nil
    }
    let size = head[6..<10].reduce(Int64(0)) { $0 << 7 | Int64($1) }
    return size + (head[5] & 0x10 != 0 ? 20 : 10)
  }
}
