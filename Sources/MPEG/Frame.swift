/// One MP3 frame as it stands in a file: what is said of it, and the slot in which main data travels, its own or that of
/// MP3 frames behind it.
package struct Frame: Hashable, Sendable {
  package var header: FrameHeader
  /// As written, right or wrong; nil where the header says that there is none.
  package var checksum: UInt16?
  package var sideInfo: SideInfo
  package var slot: [UInt8]

  package init(header: FrameHeader, sideInfo: SideInfo, slot: [UInt8]) {
    self.header = header
    self.sideInfo = sideInfo
    self.slot = slot
    checksum = nil
    updateChecksum()
  }

  /// - Parameter bytes: from the header on; more may follow.
  /// - Returns: nil for what is no whole MP3 frame of layer III with room for its side information.
  package init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count >= FrameHeader.byteCount else { return nil }
    let word = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard let header = FrameHeader(word), header.layer == 3, header.slotLength >= 0, bytes.count >= header.frameLength
    else { return nil }
    let start = bytes.startIndex
    self.header = header
    checksum = header.isProtected ? UInt16(bytes[start + 4]) << 8 | UInt16(bytes[start + 5]) : nil
    let side = (start + header.slotOffset - header.sideInfoLength)..<(start + header.slotOffset)
    sideInfo = SideInfo(bytes[side], header: header)
    slot = Array(bytes[side.upperBound..<(start + header.frameLength)])
  }

  /// The MP3 frame as it stands in a file.
  package var bytes: [UInt8] { head + slot }

  /// Everything in front of the slot, with room for that behind it.
  package var head: [UInt8] {
    var writer = BitWriter(capacity: max(header.frameLength, header.slotOffset))
    writer.write(header.word, 32)
    if let checksum { writer.write(UInt32(checksum), 16) }
    sideInfo.write(to: &writer, for: header)
    return writer.finish()
  }

  package mutating func updateChecksum() {
    checksum = header.isProtected ? CRC16.frame(header: header, sideInfo: sideInfo.bytes(for: header)) : nil
  }
}
