import MPEG

/// Tells when two encoders that hear the same sound have become one and the same, though they began at different places.
///
/// What LAME remembers of the sound before (filters, hearing model, windows) is gone after a few MP3 frames. The bits
/// that it has saved up last longer: how many there are decides how many are spent, which decides how many are left.
/// But a reservoir overflows in every pause, and sooner or later two of them hold the same: of 200 seams of speech with
/// bursts of noise half agreed within 40 MP3 frames, nine of ten within 90, all within 180.
///
/// One thing can't be seen: after loud sound the threshold in quiet falls for up to 60 MP3 frames (`adjust_ATH` in LAME).
/// Where it makes no difference at first, and sound gets loud again before, encoders that agreed may part for a
/// while. What follows is then that of the other, as good.
struct Agreement {
  /// MP3 frames in a row that must be the same. Fewer than 16 were seen to be the same by chance.
  static let length = 16

  /// With a constant bit rate the bits that are saved up must be as many, since they decide how the sound is encoded;
  /// otherwise those of the encoder that follows must be no more, since what it makes must fit.
  let isConstant: Bool

  /// Whether `theirs` may follow the last of `mine`.
  /// - Parameters:
  ///   - mine: MP3 frames up to some place.
  ///   - theirs: of the other encoder, up to the same place.
  func holds(_ mine: ArraySlice<EncodedPart.Piece>, _ theirs: ArraySlice<EncodedPart.Piece>) -> Bool {
    guard let last = mine.last?.saved, let other = theirs.last?.saved, isConstant ? other == last : other <= last,
      mine.count >= Self.length, theirs.count >= Self.length
    else { return false }
    return zip(mine.suffix(Self.length), theirs.suffix(Self.length)).allSatisfy { $0.sounds(like: $1) }
  }
}

extension EncodedPart.Piece {
  /// Bytes in the slots before its own.
  fileprivate var saved: Int { sideInfo.mainDataBegin }

  /// Whether decoders make the same of both. Of the last byte some bits may be ancillary: it is not compared.
  fileprivate func sounds(like other: EncodedPart.Piece) -> Bool {
    header.modeExtension == other.header.modeExtension
      && sideInfo.scaleFactorSelection == other.sideInfo.scaleFactorSelection
      && sideInfo.granules == other.sideInfo.granules && mainData.dropLast() == other.mainData.dropLast()
  }
}
