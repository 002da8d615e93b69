import Encode
import Foundation
import Ingest
import PCM
import Production
import Redact
import ShowModel
import Testing

@Suite(.enabled(if: Tools.here("ffmpeg"), "needs ffmpeg")) struct TagTests {
  private static let ranges = [CleanCase.range(1_920..<2_960)]

  /// Four seconds of the sample episode, with its title.
  private func piece(in place: Place) throws -> String {
    try place.run("ffmpeg", ["-y", "-ss", "11", "-t", "4", "-i", Sound.episode, place.file("piece.wav")])
    return place.file("piece.wav")
  }

  /// The same, properly covered.
  private func covered(in place: Place, of input: String? = nil) throws -> String {
    let request = try RedactionRequest(
      input: input ?? piece(in: place), ranges: Self.ranges, outputs: [place.file("covered.wav")])
    _ = try RedactionJob.run(request)
    return request.outputs[0]
  }

  @Test("a title that ffmpeg copies fails, whatever the format", arguments: ["mp3", "flac", "ogg", "opus", "wav"])
  func copiedTitle(ending: String) throws {
    let place = try Place()
    let out = place.file("out." + ending)
    try place.run(
      "ffmpeg", ["-i", try covered(in: place), "-i", try piece(in: place), "-map", "0:a", "-map_metadata", "1", out])
    let result = try CheckJob.run(original: place.file("piece.wav"), redacted: out, ranges: Self.ranges)
    #expect(result.sound.isCovered && !result.isClean)
    #expect(result.tags?.cameOver.contains(.title) == true && result.tags?.isComplete == true)
    let ignoring = try CheckJob.run(
      original: place.file("piece.wav"), redacted: out, ranges: Self.ranges, ignoresTags: true)
    #expect(ignoring.tags == nil && ignoring.isClean)
  }

  @Test("a title in another field, another encoding or a longer text is found; words of others are not")
  func moved() throws {
    let place = try Place()
    let original = place.file("original.wav")
    let covered = try covered(in: place)
    try place.run("ffmpeg", ["-i", try piece(in: place), "-metadata", "title=Émile Tribolet", original])
    for arguments in [
      ["-metadata", "comment=avec ÉMILE Tribolet, en direct"],
      ["-id3v2_version", "3", "-metadata", "album=Émile Tribolet"],
      ["-write_id3v1", "1", "-metadata", "artist=emile tribolet"],
    ] {
      let out = place.file("moved.mp3")
      try place.run("ffmpeg", ["-y", "-i", covered] + arguments + [out])
      let result = try CheckJob.run(original: original, redacted: out, ranges: Self.ranges)
      #expect(result.tags?.cameOver == [.title])
    }
    let out = place.file("clean.mp3")
    try place.run("ffmpeg", ["-y", "-i", covered, "-metadata", "title=Émile et Triboletta", out])
    let tags = try CheckJob.run(original: original, redacted: out, ranges: Self.ranges).tags
    #expect(tags?.isClean == true)
  }

  @Test("chunks of a WAV that came over are named by kind, and never quoted")
  func chunks() throws {
    let place = try Place()
    let source = try Data(contentsOf: URL(fileURLWithPath: Sound.episode))
    let redacted = try Data(contentsOf: URL(fileURLWithPath: covered(in: place, of: Sound.episode)))
    let sound = try #require(source.range(of: Data("data".utf8)))
    // All that stands before and behind the sound of the original, around the covered sound.
    let size = source[sound.upperBound...].prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    let own = try #require(redacted.range(of: Data("data".utf8)))
    let mixed =
      source[..<(sound.upperBound + 4)] + redacted[(own.upperBound + 4)...].prefix(size)
      + source[(sound.upperBound + 4 + size)...]
    try mixed.write(to: URL(fileURLWithPath: place.file("mixed.wav")))
    let result = try CheckJob.run(
      original: Sound.episode, redacted: place.file("mixed.wav"), ranges: Self.ranges)
    #expect(result.sound.isCovered)
    #expect(result.tags?.cameOver == [.title, .artist, .comment, .bext, .cueLabel])
    for name in ["Vasselin", "Micka", "Tribolet", "06 39"] { #expect(!"\(result)".contains(name)) }
  }

  @Test("an embedded picture that came over is found", arguments: ["mp3", "flac", "m4a"])
  func picture(ending: String) throws {
    let place = try Place()
    try place.run("ffmpeg", ["-f", "lavfi", "-i", "testsrc=s=64x64", "-frames:v", "1", place.file("cover.png")])
    let cover = ["-i", place.file("cover.png"), "-map", "0:a", "-map", "1", "-c:v", "copy", "-disposition:v:0"]
    let original = place.file("original." + ending)
    try place.run("ffmpeg", ["-i", try piece(in: place)] + cover + ["attached_pic", original])
    let covered = try covered(in: place)
    try place.run("ffmpeg", ["-i", covered] + cover + ["attached_pic", place.file("bad.mp3")])
    let bad = try CheckJob.run(original: original, redacted: place.file("bad.mp3"), ranges: Self.ranges)
    #expect(bad.tags?.cameOver.contains(.picture) == true)
    let good = try CheckJob.run(original: original, redacted: covered, ranges: Self.ranges)
    #expect(good.tags?.isClean == true)
  }
}
