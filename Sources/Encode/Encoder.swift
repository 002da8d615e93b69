import Foundation
import PCM

/// Opens the sink for each output format.
package enum Encoder {
  /// - Parameters:
  ///   - sound: of the rate and channels that `format` takes: see ``OutputFormat/rate(for:)``.
  ///   - frames: that will be written, exactly.
  ///   - dither: where the sound has more precision than the output keeps.
  ///   - threads: how many cores may be at work; the bytes are the same with any number.
  ///   - cache: of encoded parts of MP3; nil to encode all of them.
  ///   - descriptor: an empty, seekable file open for reading and writing, which the caller owns.
  /// - Throws: `EncodeError`.
  package static func open(
    _ format: OutputFormat, sound: SoundFormat, frames: FrameCount, tags: Tags, dither: Bool,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount, cache: PartCache? = nil, descriptor: Int32
  ) throws -> any SoundSink {
    try tags.check()
    switch format {
    case .mp3(let settings):
      return try MP3Sink(settings, format: sound, tags: tags, threads: threads, cache: cache, descriptor: descriptor)
    case .wav(let encoding):
      return try WAVSink(encoding, format: sound, frames: frames, dither: dither, descriptor: descriptor)
    case .flac, .vorbis, .opus:
      return try SoundFileSink(format, sound: sound, frames: frames, tags: tags, dither: dither, descriptor: descriptor)
    }
  }
}
