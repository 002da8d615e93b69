/// Fraunhofer's tag in the first MP3 frame of a file: how long it is, and where in it to seek.
package struct VBRITag: Hashable, Sendable {
  /// From the start of the MP3 frame, whatever its side information takes.
  package static let offset = 36
  /// In front of the table.
  private static let fieldBytes = 26

  /// From its name to the end of its table.
  private let bytes: [UInt8]

  /// - Parameter frame: the first MP3 frame of a stream, from its header on, and no more than that.
  /// - Returns: nil where it has no such tag.
  package init?(_ frame: ArraySlice<UInt8>) {
    let tag = frame.dropFirst(Self.offset)
    guard tag.starts(with: "VBRI".utf8), tag.count >= Self.fieldBytes else { return nil }
    let field = { (place: Int) in Int(tag[tag.startIndex + place]) << 8 | Int(tag[tag.startIndex + place + 1]) }
    // Of how many entries, of how many bytes each.
    let length = Self.fieldBytes + field(18) * field(22)
    bytes = Array(tag.prefix(length <= tag.count ? length : Self.fieldBytes))
  }

  /// Where it ends in its MP3 frame.
  package var end: Int { Self.offset + bytes.count }

  /// The tag in an MP3 frame of silence, and nothing else.
  /// - Parameter header: of the MP3 frame that it was in.
  package func frame(_ header: FrameHeader) -> [UInt8] {
    let head = header.bytes + [UInt8](repeating: 0, count: Self.offset - FrameHeader.byteCount)
    var frame = head + bytes + [UInt8](repeating: 0, count: header.frameLength - end)
    if header.isProtected {
      let sum = CRC16.frame(header: header, sideInfo: Array(frame[6..<header.slotOffset]))
      (frame[4], frame[5]) = (UInt8(sum >> 8), UInt8(sum & 0xFF))
    }
    return frame
  }
}
