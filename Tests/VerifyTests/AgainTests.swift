import Encode
import Foundation
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// An editor takes a covered episode, adds a range to the list, and covers it again.
@Suite struct AgainTests {
  private static let old = CleanCase.range(1_000..<1_700)
  private static let new = CleanCase.range(2_500..<3_100)

  struct Way: Sendable, CustomTestStringConvertible {
    let input: OutputFormat
    let ending: String
    let inPlace: InPlaceMode
    var fill = Fill.bip
    var isExact = false

    var testDescription: String { "\(input.name) to \(ending), \(inPlace), \(fill), \(isExact ? "exact" : "padded")" }
  }

  /// Without optimisation each way once, with the usual cover.
  private static let ways = (TestRun.isOptimised ? Fill.allCases : [.bip]).flatMap { fill in
    (TestRun.isOptimised ? [false, true] : [false]).flatMap { isExact in
      [
        Way(input: .wav(.int16), ending: "wav", inPlace: .auto),
        Way(input: .wav(.int16), ending: "mp3", inPlace: .auto),
        Way(input: .wav(.int16), ending: "mp3", inPlace: .never),
        Way(input: .mp3(MP3Settings(rate: .constant(48))), ending: "mp3", inPlace: .always),
      ].map { way in
        var way = way
        (way.fill, way.isExact) = (fill, isExact)
        return way
      }
    }
  }

  @Test("what was covered before is covered again, and passes; what nobody covered is found", arguments: ways)
  func again(way: Way) throws {
    let folder = try Folder()
    let spoken = try Sound.spoken.get()
    let original = try spoken.piece(from: Int(22.6 * Double(spoken.hertz)), count: 4 * spoken.hertz)
    let (input, one, two) = (folder.file("in"), folder.file("one.\(way.ending)"), folder.file("two.\(way.ending)"))
    try original.write(way.input, to: input)
    let isFirstInPlace = way.input.name == "MP3"
    try cover(input, [Self.old], way, isInPlace: isFirstInPlace, to: one)
    try cover(one, [Self.old, Self.new], way, isInPlace: way.ending == "mp3" && way.inPlace != .never, to: two)
    let both = try CheckJob.run(original: one, redacted: two, ranges: [Self.old, Self.new])
    #expect(both.isClean, "\(Leaks.description(both))")
    let uncovered = try CheckJob.run(original: one, redacted: one, ranges: [Self.old, Self.new], ignoresTags: true)
    #expect(!uncovered.sound.stretches[1].leaks.isEmpty)
  }

  private func cover(
    _ input: String, _ ranges: [RedactionRange], _ way: Way, isInPlace: Bool, to output: String
  ) throws {
    var request = RedactionRequest(input: input, ranges: ranges, outputs: [output])
    request.settings = way.isExact ? .exact(fill: way.fill) : CoverSettings(fill: way.fill)
    request.inPlace = way.inPlace
    let outcome = try RedactionJob.run(request).inPlace
    if isInPlace { guard case .replaced = outcome else { throw NotInPlace() } }
  }

  private struct NotInPlace: Error {}
}
