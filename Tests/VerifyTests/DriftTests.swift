import Encode
import Foundation
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// A file from which something was cut, or into which something was put, far from what is marked.
@Suite struct DriftTests {
  struct Edit: Sendable, CustomTestStringConvertible {
    /// In seconds.
    let place: Double
    /// Frames that are put in there; fewer than none are cut.
    let frames: Int
    let marked: Range<Int64>

    var testDescription: String { "\(frames) frames at \(place) s, \(marked) ms marked" }

    func apply(to sound: Sound) throws -> Sound {
      let at = Int(place * Double(sound.hertz))
      let rest = sound.samples[(at + max(0, -frames))...]
      return try Sound(
        sound.samples[..<at] + [Float](repeating: 0, count: max(0, frames)) + rest, hertz: sound.hertz)
    }

    var range: RedactionRange {
      RedactionRange(
        time: MediaTime(milliseconds: marked.lowerBound)..<MediaTime(milliseconds: marked.upperBound))
    }
  }

  /// Twenty seconds of the sample episode, its last ones or such as somebody speaks in to the end.
  private static func piece(isLast: Bool) throws -> Sound {
    let spoken = try Sound.spoken.get()
    let count = 20 * spoken.hertz
    return try spoken.piece(from: isLast ? spoken.frames - count : 40 * spoken.hertz, count: count)
  }

  private static let edits =
    [-44_100, -1_323, 8_820, 200, 20].map { Edit(place: 16, frames: $0, marked: 17_500..<18_500) }
    + [
      Edit(place: 4, frames: 200, marked: 2_000..<3_000), Edit(place: 17, frames: 30_000, marked: 17_500..<18_500),
      Edit(place: 17.45, frames: -200, marked: 17_500..<18_500),
      Edit(place: 17.4, frames: 30_000, marked: 17_500..<19_200),
      Edit(place: 17.4, frames: -50_000, marked: 17_500..<18_500),
    ]

  @Test("a range that nobody covered never passes, whatever was cut or put in elsewhere", arguments: edits)
  func uncovered(edit: Edit) throws {
    let folder = try Folder()
    let original = try Self.piece(isLast: true)
    try original.write(.wav(.int16), to: folder.file("in.wav"))
    try edit.apply(to: original).write(.wav(.int16), to: folder.file("edited.wav"))
    do {
      let result = try CheckJob.run(
        original: folder.file("in.wav"), redacted: folder.file("edited.wav"), ranges: [edit.range], ignoresTags: true)
      #expect(!result.isClean)
    } catch let error as RedactError {
      #expect(error.code == .cannotCompare && error.exit == .failedCheck)
    }
  }

  @Test("a covered range passes where it is, also behind a cut; but not if it lost or gained some frames itself")
  func covered() throws {
    let folder = try Folder()
    let edit = Edit(place: 16, frames: 200, marked: 17_500..<18_500)
    var covered = try Self.piece(isLast: true)
    try covered.write(.wav(.int16), to: folder.file("in.wav"))
    Fault.none.apply(to: &covered, 767_000..<821_000)
    try edit.apply(to: covered).write(.wav(.int16), to: folder.file("before.wav"))
    let before = try CheckJob.run(
      original: folder.file("in.wav"), redacted: folder.file("before.wav"), ranges: [edit.range], ignoresTags: true)
    #expect(before.isClean, "\(Leaks.description(before))")
    try Edit(place: 18, frames: 200, marked: edit.marked).apply(to: covered)
      .write(.wav(.int16), to: folder.file("within.wav"))
    let error = #expect(throws: RedactError.self) {
      try CheckJob.run(original: folder.file("in.wav"), redacted: folder.file("within.wav"), ranges: [edit.range])
    }
    #expect(error?.problem.contains("0:17.500-0:18.500") == true && error?.problem.contains("5 ms") == true)
  }

  @Test(
    "a cover that is much wider than its range passes, at the start, at the end, and where hardly anything is left",
    arguments: [(0.0, 0.6, 0.0, 3.0), (10, 10.4, 8.5, 12), (19, 20, 17.5, 20), (2, 17, 1.4, 17.7), (0, 17, 0, 17.3)])
  func wide(start: Double, end: Double, from: Double, to: Double) throws {
    let folder = try Folder()
    let ranges = [CleanCase.range(Int(start * 1_000)..<Int(end * 1_000))]
    let original = try Self.piece(isLast: false)
    try original.write(.wav(.int16), to: folder.file("in.wav"))
    for level in [Float(0.2), 0] {
      var covered = original
      for frame in Int(from * Double(covered.hertz))..<min(covered.frames, Int(to * Double(covered.hertz))) {
        covered.samples[frame] = level * Float(sin(2 * Double.pi * Double(frame) / 44.1))
      }
      for (ending, format) in [("wav", OutputFormat.wav(.int16)), ("mp3", .mp3(MP3Settings(rate: .constant(32))))] {
        try covered.write(format, to: folder.file("covered." + ending))
        let result = try CheckJob.run(
          original: folder.file("in.wav"), redacted: folder.file("covered." + ending), ranges: ranges, ignoresTags: true
        )
        #expect(result.isClean, "\(level) \(ending) \(Leaks.description(result))")
      }
    }
  }
}
