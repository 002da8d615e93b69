import MPEG

/// MP3 frames as a cache keeps them: of each the header, the side information, and the main data behind its length in
/// two bytes. It says nothing of slots: those are chosen anew.
extension EncodedPart.Piece {
  static func written(_ pieces: [Self]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pieces.reduce(0) { $0 + $1.mainData.count + 38 })
    for piece in pieces {
      bytes += piece.header.bytes
      bytes += piece.sideInfo.bytes(for: piece.header)
      bytes.append(UInt8(truncatingIfNeeded: piece.mainData.count >> 8))
      bytes.append(UInt8(truncatingIfNeeded: piece.mainData.count))
      bytes += piece.mainData
    }
    return bytes
  }

  /// - Returns: nil where `bytes` are nothing that ``written(_:)`` gave.
  static func read(_ bytes: ArraySlice<UInt8>) -> [Self]? {
    var pieces: [Self] = []
    var last: FrameHeader?
    var start = bytes.startIndex
    while start < bytes.endIndex {
      guard bytes.endIndex - start >= FrameHeader.byteCount else { return nil }
      let word = bytes[start..<(start + FrameHeader.byteCount)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      guard let header = last?.word == word ? last : FrameHeader(word), header.layer == 3 else { return nil }
      let (side, length) = (start + FrameHeader.byteCount, start + FrameHeader.byteCount + header.sideInfoLength)
      guard bytes.endIndex - length >= 2 else { return nil }
      let sideInfo = SideInfo(bytes[side..<length], header: header)
      let data = length + 2
      let count = Int(bytes[length]) << 8 | Int(bytes[length + 1])
      guard count <= bytes.endIndex - data, count == sideInfo.mainDataLength else { return nil }
      pieces.append(Self(header: header, sideInfo: sideInfo, mainData: Array(bytes[data..<(data + count)])))
      (last, start) = (header, data + count)
    }
    return pieces
  }
}
