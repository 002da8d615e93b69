import MPEG

/// Looks in MP3 frames for what is no sound: what stays byte for byte must not hold a text, or the tag of another file
/// that measured what is covered now.
struct HiddenBytes {
  private let lengths: FrameLengths
  private let extent: MainDataExtent
  /// Where side information begins in an MP3 frame without a checksum, and how long it is.
  private let side, sideLength: Int
  private var unused = UnusedBytes()

  /// - Parameter header: of any MP3 frame of the file.
  init(like header: FrameHeader) {
    (lengths, extent) = (FrameLengths(like: header), MainDataExtent(like: header))
    (side, sideLength) = (FrameHeader.byteCount, header.sideInfoLength)
  }

  /// - Parameter bytes: whole MP3 frames that follow those before.
  /// - Throws: ``Uneditable`` where there is something.
  mutating func look(in bytes: UnsafeRawBufferPointer) throws {
    var isClean = true
    let lengths = lengths
    let end = lengths.walk(bytes, end: Int64(bytes.count)) { position, word in
      isClean = look(at: UnsafeRawBufferPointer(rebasing: bytes[position..<(position + lengths.length(word))]), word)
      return isClean
    }
    guard isClean else { throw unused.isDamaged ? Uneditable.damaged : .hidden }
    guard end == bytes.count else { throw Uneditable.damaged }
  }

  /// - Throws: ``Uneditable/hidden`` where something is left behind the last MP3 frame's main data.
  mutating func finish() throws {
    if unused.finish() != nil { throw Uneditable.hidden }
  }

  private mutating func look(at frame: UnsafeRawBufferPointer, _ word: UInt32) -> Bool {
    let start = side + (word >> 16 & 1 == 0 ? 2 : 0)
    guard start + sideLength <= frame.count else { return false }
    let slot = UnsafeRawBufferPointer(rebasing: frame[(start + sideLength)...])
    let (begin, bits) = extent.read(UnsafeRawBufferPointer(rebasing: frame[start...]))
    let found = unused.add(begin: begin, bits: bits, slot: slot, at: 0)
    return found == nil && !unused.isDamaged && !isTag(frame, slot: start + sideLength)
  }

  /// Xing's, LAME's or Fraunhofer's.
  private func isTag(_ frame: UnsafeRawBufferPointer, slot: Int) -> Bool {
    isTag(frame, at: side + sideLength) || isTag(frame, at: slot) || isTag(frame, at: VBRITag.offset)
  }

  private func isTag(_ frame: UnsafeRawBufferPointer, at place: Int) -> Bool {
    guard place + 4 <= frame.count else { return false }
    let name = UInt32(bigEndian: frame.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    // "Xing", "Info", "VBRI".
    return name == 0x5869_6E67 || name == 0x496E_666F || name == 0x5642_5249
  }
}
