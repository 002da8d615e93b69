/// Every limit on what is read from a file, in one place.
package enum Limits {
  /// 1000 hours, like `MediaTime.longest`: more than any recording, and far from the limits of 64 bits.
  package static let longestSeconds: Int64 = 3_600_000
  /// Chunks of a RIFF, RF64, W64, AIFF or CAF file. Real files have a dozen.
  package static let chunks = 4_096
  /// Bytes of a chunk that describes the sound (`fmt `, `ds64`, `COMM`, `desc`); what is behind is not looked at.
  package static let descriptionBytes = 128
  /// Bytes behind the sound that are no chunk and are put up with: tags that simple tools hang on.
  package static let trailingBytes: Int64 = 4_096
  /// ID3v2 tags in front of a sound file, one after another.
  package static let leadingTags = 16
  /// Bytes that are looked at to tell a format.
  package static let magicBytes = 4_096
  /// Bytes read from a file at once while frames or pages are counted.
  package static let window = 65_536
  /// Bytes of what ffprobe says of a file.
  package static let probeBytes = 65_536
  /// Bytes between the header of ffmpeg's output and its samples.
  package static let pipeHeaderBytes = 65_536
  /// How much shorter than announced, in seconds, compressed sound from ffmpeg may come out: one long codec frame and
  /// the encoder's delay.
  package static let ffmpegShortfallSeconds = 0.25
  /// Bytes of one tag, chunk or picture.
  package static let tagBytes: Int64 = 32 << 20
  /// Bytes that TagLib may read of one file, and how often.
  package static let allTagBytes: Int64 = 256 << 20
  package static let tagReads: Int64 = 1_000_000
  /// Bytes around the sound that are searched for what a tag said.
  package static let surroundingBytes: Int64 = 64 << 20
  /// Bytes at the start and at the end of a file that are searched, where the sound in it is not told apart.
  package static let headBytes: Int64 = 1 << 20
  package static let tailBytes: Int64 = 1 << 18
  /// Bytes of what ffprobe says of tags.
  package static let probedTagBytes = 4 << 20
  /// Bytes of a list of chapters.
  package static let chapterFileBytes = 1 << 20
  /// A table of contents of ID3v2 takes no more (Chapter Frame Addendum, 3.2).
  package static let chapters = 255
  /// Of a chapter's title, or of its address.
  package static let chapterTitleBytes = 1_000
  /// Places of one kind that are told: a file made to annoy could have one every few bytes.
  package static let findings = 200
  /// Of a text, when it is searched for names of folders and computers.
  static let placeCharacters = 65_536
}
