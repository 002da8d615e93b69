import Encode
import Foundation
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// The two files, given the wrong way round.
@Suite struct SwapTests {
  private static let ranges = [CleanCase.range(1_000..<1_600), CleanCase.range(2_500..<2_800)]

  private static func spoken() throws -> Sound {
    let spoken = try Sound.spoken.get()
    return try spoken.piece(from: Int(22.6 * Double(spoken.hertz)), count: 4 * spoken.hertz)
  }

  @Test(
    "the covered file first and the recording second is said to be swapped, and never passes",
    arguments: Fill.allCases, ["wav", "mp3"])
  func swapped(fill: Fill, ending: String) throws {
    let folder = try Folder()
    let (recording, covered) = (folder.file("in.wav"), folder.file("out." + ending))
    try Self.spoken().write(.wav(.int16), to: recording)
    for settings in [CoverSettings(fill: fill), .exact(fill: fill)] {
      var request = RedactionRequest(input: recording, ranges: Self.ranges, outputs: [covered])
      (request.settings, request.replacesOutputs) = (settings, true)
      _ = try RedactionJob.run(request)
      #expect(try CheckJob.run(original: recording, redacted: covered, ranges: Self.ranges).isClean)
      let again = try CheckJob.run(original: covered, redacted: covered, ranges: Self.ranges, ignoresTags: true)
      // At the edge of a silence that is no wider than its range, an encoder smears what is beside it.
      #expect(again.isClean || settings == .exact(fill: .silence) && ending == "mp3")
      let error = #expect(throws: RedactError.self) {
        try CheckJob.run(original: covered, redacted: recording, ranges: Self.ranges)
      }
      #expect(error?.code == .swapped && error?.exit == .failedCheck)
    }
  }

  @Test(
    "a recording that is silent in the ranges passes, whatever covers it; so does what was covered otherwise before")
  func silent() throws {
    let folder = try Folder()
    var silent = try Self.spoken()
    for range in Self.ranges {
      let frames = FrameRange(covering: range.time, rate: silent.format.rate)
      for frame in Int(frames.start.index)..<Int(frames.end.index) { silent.samples[frame] = 0 }
    }
    try silent.write(.wav(.int16), to: folder.file("pause.wav"))
    let endings = ["wav", "mp3"]
    var inputs = ["pause.wav"]
    for fill in Fill.allCases {
      for ending in endings {
        let name = "\(fill).\(ending)"
        var request = RedactionRequest(
          input: folder.file("pause.wav"), ranges: Self.ranges, outputs: [folder.file(name)])
        request.settings = .exact(fill: fill)
        _ = try RedactionJob.run(request)
        inputs.append(name)
      }
    }
    for input in ["pause.wav", "bip.wav", "noise.mp3"] {
      for output in inputs.dropFirst() {
        let result = try CheckJob.run(
          original: folder.file(input), redacted: folder.file(output), ranges: Self.ranges, ignoresTags: true)
        #expect(result.isClean, "\(input) \(output) \(Leaks.description(result))")
      }
    }
  }
}
