import Glibc
import PCM
import ShowModel

/// A sound file that is open: what it holds, and as many passes over it as are wanted, all of them over the same file
/// even where its name is given to another meanwhile.
package final class OpenedSound {
  /// The file, for messages.
  package let place: Place
  package let description: SoundDescription
  /// Where the samples stand, where they are uncompressed and nothing about the file is out of the ordinary.
  package let rawLayout: RawSoundLayout?
  /// Where the first MP3 frame begins, in bytes, where the file is nothing but MP3 frames between tags.
  package let mp3Start: Int64?
  /// The headers of all its MP3 frames then, each as a big-endian number.
  package let mp3Headers: [UInt32]
  /// The file itself, opened once for reading, for digests, copies and `fstat`. Valid until ``close()``; its offset is
  /// never moved by a source.
  package private(set) var descriptor: Int32
  /// The first pass, made when the file was opened.
  package let source: any SoundSource
  private let newSource: (Int32) throws -> any SoundSource

  init(
    place: Place, description: SoundDescription, rawLayout: RawSoundLayout?, mp3Start: Int64? = nil,
    mp3Headers: [UInt32] = [], descriptor: Int32, source: any SoundSource,
    newSource: @escaping (Int32) throws -> any SoundSource
  ) {
    (self.place, self.description, self.rawLayout, self.mp3Start) = (place, description, rawLayout, mp3Start)
    (self.descriptor, self.source, self.newSource) = (descriptor, source, newSource)
    self.mp3Headers = mp3Headers
  }

  deinit { close() }

  /// Another pass from the start, independent of those before it. To be closed before this is.
  /// - Throws: ``IngestError`` where the file has changed so much that it can't be opened any more.
  package func makeSource() throws -> any SoundSource {
    precondition(descriptor >= 0, "the sound is closed")
    return try newSource(descriptor)
  }

  /// Closes ``source`` and the file.
  package func close() {
    guard descriptor >= 0 else { return }
    source.close()
    Glibc.close(descriptor)
    descriptor = -1
  }
}
