import Foundation
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// What people do with ffmpeg.
@Suite(.enabled(if: Tools.here("ffmpeg"), "needs ffmpeg")) struct RecipeTests {
  /// Where somebody speaks at once, so that something is there to survive.
  private static let starts = [7_313, 8_811, 12_507, 17_305, 23_603]
  private static let ranges = starts.map { CleanCase.range($0..<($0 + 474)) }

  private static var gate: String {
    ranges.map { "between(t,\($0.time.lowerBound.seconds),\($0.time.upperBound.seconds))" }.joined(separator: "+")
  }

  @Test("the usual recipe fails, and what survives begins where the range does", arguments: ["wav", "mp3", "opus"])
  func usual(ending: String) throws {
    let folder = try Folder()
    let filter =
      "[0:a]volume=enable='\(Self.gate)':volume=0[a];[1:a]volume=enable='not(\(Self.gate))':volume=0[b];"
      + "[a][b]amix=inputs=2:duration=first:normalize=0"
    try folder.run(
      "ffmpeg",
      [
        "-t", "25", "-i", Sound.episode, "-f", "lavfi", "-i", "sine=1000:sample_rate=44100:duration=70",
        "-filter_complex", filter,
      ]
        + [folder.file("out." + ending)])
    try expectLeaks(folder.file("out." + ending), in: folder, isLossless: ending == "wav")
  }

  @Test("muting into an MP3, as scripts do, fails")
  func mute() throws {
    let folder = try Folder()
    try folder.run(
      "ffmpeg",
      ["-t", "25", "-i", Sound.episode, "-af", "volume=enable='\(Self.gate)':volume=0", folder.file("out.mp3")])
    try expectLeaks(folder.file("out.mp3"), in: folder, isLossless: false)
  }

  /// The start of the episode, with what it says besides its sound.
  private func piece(in folder: Folder) throws -> String {
    try folder.run("ffmpeg", ["-t", "25", "-i", Sound.episode, folder.file("original.wav")])
    return folder.file("original.wav")
  }

  private func expectLeaks(_ path: String, in folder: Folder, isLossless: Bool) throws {
    let result = try CheckJob.run(original: piece(in: folder), redacted: path, ranges: Self.ranges)
    let leaking = result.sound.stretches.filter { !$0.leaks.isEmpty }
    // ffmpeg mutes from its next block of 46 ms on. An encoder hides what survives of a range for less than 18 ms.
    let late = Self.starts.indices.filter { isLossless || [0, 2, 4].contains($0) }
    #expect(late.allSatisfy { !result.sound.stretches[$0].leaks.isEmpty }, "\(Leaks.places(result))")
    for stretch in leaking {
      let first = try #require(stretch.surviving.first)
      #expect((first.lowerBound - stretch.time.lowerBound).seconds < 0.003)
      #expect((first.upperBound - first.lowerBound).seconds < 0.08)
    }
    #expect(result.tags?.cameOver.contains(.title) == true)
  }
}
