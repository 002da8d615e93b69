import Encode
import Foundation
import Ingest
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("ffmpeg"), "needs ffmpeg")) struct TagTests {
  private static let ranges = [CleanCase.range(1_920..<2_960)]

  /// Four seconds of the sample episode, with its title.
  private func piece(in folder: Folder) throws -> String {
    try folder.run("ffmpeg", ["-y", "-ss", "11", "-t", "4", "-i", Sound.episode, folder.file("piece.wav")])
    return folder.file("piece.wav")
  }

  /// The same, properly covered.
  private func covered(in folder: Folder, of input: String? = nil) throws -> String {
    let request = try RedactionRequest(
      input: input ?? piece(in: folder), ranges: Self.ranges, outputs: [folder.file("covered.wav")])
    _ = try RedactionJob.run(request)
    return request.outputs[0]
  }

  @Test("a title that ffmpeg copies fails, whatever the format", arguments: ["mp3", "flac", "ogg", "opus", "wav"])
  func copiedTitle(ending: String) throws {
    let folder = try Folder()
    let out = folder.file("out." + ending)
    try folder.run(
      "ffmpeg", ["-i", try covered(in: folder), "-i", try piece(in: folder), "-map", "0:a", "-map_metadata", "1", out])
    let result = try CheckJob.run(original: folder.file("piece.wav"), redacted: out, ranges: Self.ranges)
    #expect(result.sound.isCovered && !result.isClean)
    #expect(result.tags?.cameOver.contains(.title) == true && result.tags?.isComplete == true)
    let ignoring = try CheckJob.run(
      original: folder.file("piece.wav"), redacted: out, ranges: Self.ranges, ignoresTags: true)
    #expect(ignoring.tags == nil && ignoring.isClean)
  }

  @Test("a title in another field, another encoding or a longer text is found; words of others are not")
  func moved() throws {
    let folder = try Folder()
    let original = folder.file("original.wav")
    let covered = try covered(in: folder)
    try folder.run("ffmpeg", ["-i", try piece(in: folder), "-metadata", "title=Émile Tribolet", original])
    for arguments in [
      ["-metadata", "comment=avec ÉMILE Tribolet, en direct"],
      ["-id3v2_version", "3", "-metadata", "album=Émile Tribolet"],
      ["-write_id3v1", "1", "-metadata", "artist=emile tribolet"],
    ] {
      let out = folder.file("moved.mp3")
      try folder.run("ffmpeg", ["-y", "-i", covered] + arguments + [out])
      let result = try CheckJob.run(original: original, redacted: out, ranges: Self.ranges)
      #expect(result.tags?.cameOver == [.title])
    }
    let out = folder.file("clean.mp3")
    try folder.run("ffmpeg", ["-y", "-i", covered, "-metadata", "title=Émile et Triboletta", out])
    let tags = try CheckJob.run(original: original, redacted: out, ranges: Self.ranges).tags
    #expect(tags?.isClean == true)
  }

  @Test("chunks of a WAV that came over are named by kind, and never quoted")
  func chunks() throws {
    let folder = try Folder()
    let source = try Data(contentsOf: URL(fileURLWithPath: Sound.episode))
    let redacted = try Data(contentsOf: URL(fileURLWithPath: covered(in: folder, of: Sound.episode)))
    let sound = try #require(source.range(of: Data("data".utf8)))
    // All that stands before and behind the sound of the original, around the covered sound.
    let size = source[sound.upperBound...].prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    let own = try #require(redacted.range(of: Data("data".utf8)))
    let mixed =
      source[..<(sound.upperBound + 4)] + redacted[(own.upperBound + 4)...].prefix(size)
      + source[(sound.upperBound + 4 + size)...]
    try mixed.write(to: URL(fileURLWithPath: folder.file("mixed.wav")))
    let result = try CheckJob.run(
      original: Sound.episode, redacted: folder.file("mixed.wav"), ranges: Self.ranges)
    #expect(result.sound.isCovered)
    #expect(result.tags?.cameOver == [.title, .artist, .comment, .bext, .cueLabel])
    for name in ["Vasselin", "Micka", "Tribolet", "06 39"] { #expect(!"\(result)".contains(name)) }
  }

  @Test("an embedded picture that came over is found", arguments: ["mp3", "flac", "m4a"])
  func picture(ending: String) throws {
    let folder = try Folder()
    try folder.run("ffmpeg", ["-f", "lavfi", "-i", "testsrc=s=64x64", "-frames:v", "1", folder.file("cover.png")])
    let cover = ["-i", folder.file("cover.png"), "-map", "0:a", "-map", "1", "-c:v", "copy", "-disposition:v:0"]
    let original = folder.file("original." + ending)
    try folder.run("ffmpeg", ["-i", try piece(in: folder)] + cover + ["attached_pic", original])
    let covered = try covered(in: folder)
    try folder.run("ffmpeg", ["-i", covered] + cover + ["attached_pic", folder.file("bad.mp3")])
    let bad = try CheckJob.run(original: original, redacted: folder.file("bad.mp3"), ranges: Self.ranges)
    #expect(bad.tags?.cameOver.contains(.picture) == true)
    let good = try CheckJob.run(original: original, redacted: covered, ranges: Self.ranges)
    #expect(good.tags?.isClean == true)
  }
}
