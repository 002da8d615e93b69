/// How much one encoder makes of a sound, in MP3 frames.
package struct PartSize: Sendable {
  /// 20 s at 48 kHz. Longer parts would need more memory.
  package static let usual = PartSize(length: 832, leadIn: 64)

  package let length: Int
  /// Real sound in front of a part, encoded and thrown away: until then LAME's filters, its hearing model and its bit
  /// reservoir are about where they would be had it come from the start. A constant rate fills its reservoir by a tenth
  /// of an MP3 frame each, which takes the longest; a part costs a thirteenth more for it.
  package let leadIn: Int

  /// - Parameters:
  ///   - length: 1 or more, and not less than `leadIn`.
  ///   - leadIn: 2 or more, so that what overlaps the first MP3 frame is there.
  package init(length: Int, leadIn: Int) {
    precondition(leadIn >= 2 && length >= leadIn)
    (self.length, self.leadIn) = (length, leadIn)
  }
}

/// Where the sound is cut for encoding: at fixed places, so that the same sound gives the same bytes on any number of
/// cores. Positions and lengths are in frames of sound.
struct Partition {
  /// `ENCDELAY` of LAME: frames of silence that it puts first.
  static let encoderDelay = 576
  /// What LAME wants to see beyond the end of an MP3 frame before it makes it (`lame_encode_buffer_sample_t`: BLKSIZE -
  /// FFTOFFSET, less the 528 of silence that its buffer starts with).
  private static let lookAhead = 224

  /// Of one MP3 frame: 1152, or 576.
  let soundFrames: Int
  let size: PartSize

  /// MP3 frames that `length` frames of sound take: as many as `lame_encode_flush` makes of them.
  func frameCount(_ length: Int) -> Int { (length + Self.encoderDelay + padding(length)) / soundFrames }

  /// Silence behind the sound, at least 576 for the decoder's delay (`lame_encode_flush`).
  func padding(_ length: Int) -> Int {
    let rest = soundFrames - (length + Self.encoderDelay) % soundFrames
    return rest < 576 ? rest + soundFrames : rest
  }

  /// MP3 frames that are encoded with a part and dropped.
  func leadIn(of part: Int) -> Int { part == 0 ? 0 : size.leadIn }

  /// The sound that LAME must see for `count` MP3 frames of a part, its lead-in included.
  func sound(of part: Int, count: Int) -> Range<Int> {
    let start = part * size.length
    return (start - leadIn(of: part)) * soundFrames..<(start + count) * soundFrames + Self.lookAhead
  }
}
