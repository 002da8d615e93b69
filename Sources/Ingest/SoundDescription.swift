import PCM

/// What a sound file holds. Shape only: nothing that a tag says.
package struct SoundDescription: Hashable, Sendable {
  package let format: SoundFormat
  /// A promise where it is there: a source delivers exactly so many frames or throws. nil where only reading tells
  /// (see ``SoundFile/countFrames(of:)``).
  package let length: FrameCount?
  /// How samples are written, where they are neither compressed nor packed; whatever the byte order. Signed 8-bit
  /// samples count as `uint8`, which holds the same values.
  package let encoding: SampleEncoding?
  /// Bits that a sample of the source needs: 8, 16, 24, 32 or 64. 16 for G.711, GSM and ADPCM, which decode to 16-bit
  /// integers; 32 for what decodes to floating point (MP3, Vorbis, Opus, AAC, …).
  package let bits: Int
  /// The kind of file: `WAV`, `FLAC`, `Ogg`, ….
  package let container: String
  /// How the sound in it is written: `PCM`, `Vorbis`, `MP3`, ….
  package let codec: String
  /// Whether decoding gives back the samples that were encoded.
  package let isLossless: Bool

  package init(
    format: SoundFormat, length: FrameCount?, encoding: SampleEncoding?, bits: Int, container: String, codec: String,
    isLossless: Bool
  ) {
    self.format = format
    self.length = length
    self.encoding = encoding
    self.bits = bits
    self.container = container
    self.codec = codec
    self.isLossless = isLossless
  }
}
