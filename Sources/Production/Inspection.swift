import Encode
import Ingest
import Master
import PCM
import ShowModel

/// What a sound file is, what it says, and what it gives away. Private: what tags say is in it.
package struct Inspection: Sendable {
  package struct Picture: Sendable {
    package let facts: PictureFacts
    package let byteCount: Int
    package let offset: Int64?
  }

  package let description: SoundDescription
  package let byteCount: Int64
  package let length: FrameCount
  /// Of MP3 files and others of MPEG.
  package let encoding: MP3Encoding?
  package let loudness: Loudness
  package let tags: [FoundTags.Text]
  package let chapters: [Chapter]
  package let pictures: [Picture]
  package let findings: [Finding]
  /// The file, for messages.
  package let place: Place

  /// In kbit/s, on average.
  package var kilobits: Int {
    let seconds = length.time(at: description.format.rate).seconds
    return encoding?.kilobits ?? Int((Double(byteCount) * 8 / max(seconds, 0.001) / 1_000).rounded())
  }
}
