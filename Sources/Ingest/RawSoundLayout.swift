import PCM

/// Where the samples of an uncompressed sound file stand, so that they can be copied without decoding.
package struct RawSoundLayout: Hashable, Sendable {
  package let encoding: SampleEncoding
  package let format: SoundFormat
  /// Of the first sample, in bytes from the start of the file.
  package let dataOffset: Int64
  /// In bytes; whole frames, all of them within the file.
  package let dataLength: Int64
  /// `dwChannelMask` of WAVE_FORMAT_EXTENSIBLE.
  package let channelMask: UInt32?
  package let isExtensible: Bool

  package var frames: FrameCount {
    FrameCount(dataLength / Int64(encoding.bytesPerSample * format.channels))
  }

  /// Reads the headers of a RIFF/WAVE, RF64, BW64 or W64 file.
  /// - Returns: nil where samples are compressed, padded within their bytes or big-endian, where rate or channels are
  ///   unsupported, where the header does not agree with the file, and where anything else is out of the ordinary:
  ///   then the way through the decoder is the right one.
  /// - Complexity: a few reads of less than 200 bytes; at most ``Limits/chunks`` chunks.
  package static func parse(_ bytes: some RandomAccessBytes) -> RawSoundLayout? {
    guard let kind = WaveKind(magic: bytes.bytes(at: 0, count: 40)) else { return nil }
    let survey = Survey.wave(bytes, kind)
    return survey.fault == nil ? survey.layout : nil
  }
}

/// The `fmt ` chunk: WAVEFORMATEX and WAVEFORMATEXTENSIBLE of Microsoft's mmreg.h.
struct WaveFormat {
  /// The chunk itself, of an even length.
  let body: [UInt8]
  let tag: UInt16
  let channels: Int
  let rate: Int
  let blockAlign: Int
  let bits: Int
  let validBits: Int
  let mask: UInt32?
  let isExtensible: Bool
  let bytesPerSecond: UInt32

  init?(_ body: [UInt8], bigEndian: Bool) {
    func short(_ at: Int) -> UInt16? { body.integer(UInt16.self, at: at, bigEndian: bigEndian) }
    func long(_ at: Int) -> UInt32? { body.integer(UInt32.self, at: at, bigEndian: bigEndian) }
    guard let first = short(0), let channels = short(2), let rate = long(4), let second = long(8),
      let align = short(12), let bits = short(14)
    else { return nil }
    self.body = body.count % 2 == 0 ? body : body + [0]
    self.channels = Int(channels)
    self.rate = Int(rate)
    self.bits = Int(bits)
    blockAlign = Int(align)
    bytesPerSecond = second
    isExtensible = first == 0xFFFE
    guard isExtensible else {
      (tag, validBits, mask) = (first, Int(bits), nil)
      return
    }
    // KSDATAFORMAT_SUBTYPE_…: the format tag, then -0000-0010-8000-00AA00389B71.
    let tail: [UInt8] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
    guard let valid = short(18), let mask = long(20), let sub = short(24), body.count >= 40,
      bigEndian || body[26..<40].elementsEqual(tail)
    else { return nil }
    (tag, validBits, self.mask) = (sub, Int(valid), mask)
  }

  /// The encoding, where samples fill their bytes and the block is no larger than they are.
  var encoding: SampleEncoding? {
    let encoding: SampleEncoding? =
      switch (tag, bits) {
      case (1, 8): .uint8
      case (1, 16): .int16
      case (1, 24): .int24
      case (1, 32): .int32
      case (3, 32): .float32
      case (3, 64): .float64
      case (6, 8): .aLaw
      case (7, 8): .muLaw
      default: nil
      }
    guard let encoding, validBits == bits, blockAlign == encoding.bytesPerSample * channels else { return nil }
    return encoding
  }

  var format: SoundFormat? {
    SampleRate(hertz: rate).flatMap { SoundFormat(rate: $0, channels: channels) }
  }
}
