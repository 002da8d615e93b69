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
    var rest = bytes
    while !rest.isEmpty {
      guard let header = FrameHeader(Array(rest.prefix(FrameHeader.byteCount))), header.layer == 3 else { return nil }
      rest = rest.dropFirst(FrameHeader.byteCount)
      guard rest.count >= header.sideInfoLength + 2 else { return nil }
      let sideInfo = SideInfo(rest.prefix(header.sideInfoLength), header: header)
      rest = rest.dropFirst(header.sideInfoLength)
      let count = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
      rest = rest.dropFirst(2)
      guard count <= rest.count, count == sideInfo.mainDataLength else { return nil }
      pieces.append(Self(header: header, sideInfo: sideInfo, mainData: Array(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    return pieces
  }
}
