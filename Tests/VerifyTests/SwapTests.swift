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
      let error = #expect(throws: RedactError.self) {
        try CheckJob.run(original: covered, redacted: recording, ranges: Self.ranges)
      }
      #expect(error?.code == .swapped && error?.exit == .failedCheck)
    }
  }

  @Test("covered already, it passes beside itself")
  func again() throws {
    let folder = try Folder()
    try Self.spoken().write(.wav(.int16), to: folder.file("in.wav"))
    for fill in Fill.allCases {
      let covered = folder.file("\(fill).mp3")
      var request = RedactionRequest(input: folder.file("in.wav"), ranges: Self.ranges, outputs: [covered])
      request.settings = CoverSettings(fill: fill)
      _ = try RedactionJob.run(request)
      #expect(
        try CheckJob.run(original: covered, redacted: covered, ranges: Self.ranges, ignoresTags: true).isClean)
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
    var inputs = ["pause.wav"]
    for name in ["bip.wav", "noise.wav", "silence.mp3", "noise.mp3"] {
      var request = RedactionRequest(
        input: folder.file("pause.wav"), ranges: Self.ranges, outputs: [folder.file(name)])
      request.settings = .exact(fill: try #require(Fill.allCases.first { name.hasPrefix("\($0).") }))
      _ = try RedactionJob.run(request)
      inputs.append(name)
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
