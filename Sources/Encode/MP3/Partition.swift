/// Where the sound is cut for encoding: at fixed places, so that the same sound gives the same bytes on any number of
/// cores. Positions and lengths are in frames of sound.
struct Partition {
  /// MP3 frames of a part: 20 s at 48 kHz. Longer ones would need more memory.
  static let partLength = 832
  /// MP3 frames of real sound in front of a part, encoded and thrown away: until then LAME's filters, its hearing model
  /// and its bit reservoir are about where they would be had it come from the start. A constant rate fills its reservoir
  /// by a tenth of an MP3 frame each, which takes the longest; a part costs a thirteenth more for it.
  static let leadIn = 64
  /// `ENCDELAY` of LAME: frames of silence that it puts first.
  static let encoderDelay = 576
  /// What LAME wants to see beyond the end of an MP3 frame before it makes it (`lame_encode_buffer_sample_t`: BLKSIZE -
  /// FFTOFFSET, less the 528 of silence that its buffer starts with).
  private static let lookAhead = 224

  /// Of one MP3 frame: 1152, or 576.
  let soundFrames: Int

  /// MP3 frames that `length` frames of sound take: as many as `lame_encode_flush` makes of them.
  func frameCount(_ length: Int) -> Int { (length + Self.encoderDelay + padding(length)) / soundFrames }

  /// Silence behind the sound, at least 576 for the decoder's delay (`lame_encode_flush`).
  func padding(_ length: Int) -> Int {
    let rest = soundFrames - (length + Self.encoderDelay) % soundFrames
    return rest < 576 ? rest + soundFrames : rest
  }

  /// MP3 frames that are encoded with a part and dropped.
  func leadIn(of part: Int) -> Int { part == 0 ? 0 : Self.leadIn }

  /// The sound that LAME must see for `count` MP3 frames of a part, its lead-in included.
  func sound(of part: Int, count: Int = Self.partLength) -> Range<Int> {
    let start = part * Self.partLength
    return (start - leadIn(of: part)) * soundFrames..<(start + count) * soundFrames + Self.lookAhead
  }
}
