/// How much one encoder makes of a sound, in MP3 frames.
package struct PartSize: Sendable {
  /// 28 s at 48 kHz, 23.5 s at 24 kHz. Longer parts would need more memory.
  /// - Parameter soundFrames: in an MP3 frame, 1152 or 576.
  package static func usual(soundFrames: Int) -> PartSize {
    PartSize(length: (soundFrames == 1_152 ? 24 : 10) * period, leadIn: period)
  }
  /// MP3 frames after which slots are padded as from the start on (``FrameStream``): at 44.1, 22.05 and 11.025 kHz any bit
  /// rate is a multiple of a 49th of a byte an MP3 frame, at the others of a whole one. An encoder that began
  /// elsewhere would have another byte now and then, and never agree with one that began with the sound.
  package static let period = 49

  package let length: Int
  /// Real sound in front of a part, encoded and thrown away: that much less has to be encoded twice in order, one part
  /// after the other, until the encoders of two parts agree (``Agreement``). A part costs a twentieth more for it.
  package let leadIn: Int

  /// - Parameters:
  ///   - length: a multiple of ``period``, and not less than `leadIn`.
  ///   - leadIn: a multiple of ``period``, at least one.
  package init(length: Int, leadIn: Int) {
    precondition(leadIn > 0 && length >= leadIn && length % Self.period == 0 && leadIn % Self.period == 0)
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
