/// What the first MP3 frame of a file says of the others: Xing's tag with LAME's behind it ("Mp3 Info Tag rev 1
/// specifications", gabriel.mp3-tech.org). It travels in the slot of a frame of silence.
package struct InfoTag: Hashable, Sendable {
  /// Whether the bit rate is the same everywhere: `Info` rather than `Xing`.
  package var isConstant: Bool
  /// MP3 frames behind this one.
  package var frames: UInt32?
  /// Of the whole stream, this frame included, in bytes.
  package var byteCount: UInt32?
  /// For each hundredth of the time, where it begins, in 256ths of the bytes.
  package var contents: [UInt8]?
  package var quality: UInt32?
  package var lame: LAMEPart?
  /// Where in its MP3 frame all but LAME's part ends, where it was read.
  package private(set) var end = 0

  /// What LAME adds.
  package struct LAMEPart: Hashable, Sendable {
    /// Nine characters: `LAME3.100`.
    package var encoder: [UInt8]
    /// Tag revision and method of the bit rate: 1 CBR, 2 ABR, 3…5 VBR.
    package var method: UInt8
    /// In units of 100 Hz.
    package var lowpass: UInt8
    /// Peak and loudness that an encoder measured: 8 bytes, which a covered file must not keep.
    package var gain: [UInt8]
    package var flags: UInt8
    package var bitrate: UInt8
    /// Frames of silence that the encoder put first, and last: 0...4095.
    package var delay, padding: Int
    package var misc: UInt8
    package var mp3Gain: UInt8
    package var preset: UInt16
    /// Like ``InfoTag/byteCount``.
    package var musicLength: UInt32
    /// ``CRC16/lame(_:after:)`` of all MP3 frames behind this one.
    package var musicCRC: UInt16
    /// Whether the tag's own checksum was right, where it was read.
    package var isIntact: Bool

    package static let byteCount = 36

    package init(
      encoder: [UInt8], method: UInt8, lowpass: UInt8, bitrate: UInt8, delay: Int, padding: Int, musicLength: UInt32,
      musicCRC: UInt16
    ) {
      (self.encoder, self.method, self.lowpass, self.bitrate) = (encoder, method, lowpass, bitrate)
      (self.delay, self.padding, self.musicLength, self.musicCRC) = (delay, padding, musicLength, musicCRC)
      gain = [UInt8](repeating: 0, count: 8)
      (flags, misc, mp3Gain, preset, isIntact) = (0, 0, 0, 0, true)
    }
  }

  package init(isConstant: Bool) {
    self.isConstant = isConstant
  }

  /// - Parameter frame: the first MP3 frame of a stream, from its header on.
  /// - Returns: nil where it has no such tag.
  package init?(_ frame: ArraySlice<UInt8>, header: FrameHeader) {
    // A checksum moves the side information but not, for LAME, the tag; other encoders move it.
    let offsets = [FrameHeader.byteCount + header.sideInfoLength, header.slotOffset]
    guard header.layer == 3,
      let at = offsets.first(where: { offset in
        let name = frame.dropFirst(offset).prefix(4)
        return name.elementsEqual("Xing".utf8) || name.elementsEqual("Info".utf8)
      })
    else { return nil }
    var reader = BitReader(frame[(frame.startIndex + at)...].prefix(120 + 36))
    isConstant = reader.read(32) == 0x496E_666F
    let flags = reader.read(32)
    frames = flags & 1 != 0 ? reader.read(32) : nil
    byteCount = flags & 2 != 0 ? reader.read(32) : nil
    contents = flags & 4 != 0 ? (0..<100).map { _ in UInt8(reader.read(8)) } : nil
    quality = flags & 8 != 0 ? reader.read(32) : nil
    end = min(frame.count, at + reader.position / 8)
    let place = frame.startIndex + at + reader.position / 8
    guard reader.bitsLeft >= LAMEPart.byteCount * 8, frame.endIndex - place >= LAMEPart.byteCount else { return }
    lame = LAMEPart(frame[place..<(place + LAMEPart.byteCount)], from: frame[frame.startIndex..<place])
  }
}

extension InfoTag.LAMEPart {
  /// - Parameter before: all of the MP3 frame in front of `bytes`.
  fileprivate init?(_ bytes: ArraySlice<UInt8>, from before: ArraySlice<UInt8>) {
    var reader = BitReader(bytes)
    encoder = (0..<9).map { _ in UInt8(reader.read(8)) }
    guard encoder[0] != 0 else { return nil }
    method = UInt8(reader.read(8))
    lowpass = UInt8(reader.read(8))
    gain = (0..<8).map { _ in UInt8(reader.read(8)) }
    flags = UInt8(reader.read(8))
    bitrate = UInt8(reader.read(8))
    delay = Int(reader.read(12))
    padding = Int(reader.read(12))
    misc = UInt8(reader.read(8))
    mp3Gain = UInt8(reader.read(8))
    preset = UInt16(reader.read(16))
    musicLength = reader.read(32)
    musicCRC = UInt16(reader.read(16))
    isIntact = UInt16(reader.read(16)) == CRC16.lame(before + bytes.dropLast(2))
  }

  fileprivate var bytes: [UInt8] {
    var writer = BitWriter()
    for byte in encoder + [method, lowpass] + gain + [flags, bitrate] { writer.write(UInt32(byte), 8) }
    writer.write(UInt32(delay), 12)
    writer.write(UInt32(padding), 12)
    for byte in [misc, mp3Gain] { writer.write(UInt32(byte), 8) }
    writer.write(UInt32(preset), 16)
    writer.write(musicLength, 32)
    writer.write(UInt32(musicCRC), 16)
    return writer.finish()
  }
}

extension InfoTag {
  /// Bytes that an MP3 frame needs to hold all of it, behind its side information.
  package static let wholeLength = 120 + LAMEPart.byteCount

  /// The tag in an MP3 frame of silence.
  /// - Parameter header: with room for all of it.
  /// - Returns: `header.frameLength` bytes; nil where there is too little room.
  package func frame(_ header: FrameHeader) -> [UInt8]? {
    var writer = BitWriter()
    writer.write(isConstant ? 0x496E_666F : 0x5869_6E67, 32)
    writer.write(
      (frames == nil ? 0 : 1) | (byteCount == nil ? 0 : 2) | (contents == nil ? 0 : 4) | (quality == nil ? 0 : 8), 32)
    for number in [frames, byteCount] { if let number { writer.write(number, 32) } }
    for byte in contents ?? [] { writer.write(UInt32(byte), 8) }
    if let quality { writer.write(quality, 32) }
    var bytes = header.bytes + [UInt8](repeating: 0, count: header.sideInfoLength) + writer.finish()
    // LAME puts the checksum over the side information that its tag then reaches into.
    if header.isProtected, bytes.count >= header.slotOffset {
      let sum = CRC16.frame(header: header, sideInfo: Array(bytes[6..<header.slotOffset]))
      (bytes[4], bytes[5]) = (UInt8(sum >> 8), UInt8(sum & 0xFF))
    }
    if let lame {
      bytes += lame.bytes
      let sum = CRC16.lame(bytes)
      bytes += [UInt8(sum >> 8), UInt8(sum & 0xFF)]
    }
    guard bytes.count <= header.frameLength else { return nil }
    return bytes + [UInt8](repeating: 0, count: header.frameLength - bytes.count)
  }
}
