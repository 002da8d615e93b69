import PCM
import Redact
import ShowModel
import TestSupport
import Testing

@Suite struct PlanTests {
  @Test("defaults pad by 100 ms, and a short range is widened evenly to half a second")
  func defaults() throws {
    let plan = try Self.plan([range(2_000, 3_000), range(6_000, 6_010)])
    #expect(plan.covers.map(\.frames) == [frames(1_900, 3_100), frames(5_755, 6_255)])
  }

  @Test("exact covers what was marked, and no more")
  func exact() throws {
    let plan = try Self.plan([range(2_000, 2_001), range(2_002, 2_003)], .exact())
    #expect(plan.covers.map(\.frames) == [frames(2_000, 2_001), frames(2_002, 2_003)])
  }

  @Test("covers with less than 300 ms between them become one, in whatever order they were marked")
  func joins() throws {
    let plan = try Self.plan([range(5_000, 6_000), range(2_000, 3_000), range(3_499, 4_000), range(3_000, 3_100)])
    #expect(plan.covers.map(\.frames) == [frames(1_900, 4_100), frames(4_900, 6_100)])
    #expect(plan.covers.first?.ranges.count == 3)
  }

  @Test("at the sound's ends a cover is widened inwards")
  func ends() throws {
    let plan = try Self.plan([range(0, 10), range(9_990, 10_000)])
    #expect(plan.covers.map(\.frames) == [frames(0, 500), frames(9_500, 10_000)])
  }

  @Test("a cover is never longer than the sound")
  func shortSound() throws {
    let plan = try Self.plan([range(0, 10)], milliseconds: 30)
    #expect(plan.covers.map(\.frames) == [frames(0, 30)])
  }

  @Test("where fills meet, the tone wins over noise, and noise over silence")
  func mixedFills() throws {
    let plan = try Self.plan(
      [
        range(1_000, 2_000, .silence), range(2_000, 3_000, .noise), range(5_000, 6_000, .noise),
        range(6_000, 7_000, .bip),
      ])
    #expect(plan.covers.map(\.fill) == [.noise, .bip])
  }

  @Test("a range past the end is refused, with its line and the sound's length")
  func pastEnd() throws {
    let place = Place(file: "r.csv", line: 7)
    for bad in [range(10_000, 10_010, at: place), range(9_000, 10_041, at: place)] {
      let error = #expect(throws: RedactError.self) { try Self.plan([range(1, 2), bad]) }
      #expect(error?.code == .pastEnd)
      #expect(error?.description.hasPrefix("r.csv:7: the range ") == true)
      #expect(error?.problem.contains("0:10.000 long") == true)
    }
    #expect(try Self.plan([range(9_000, 10_040)]).covers.last?.frames == frames(8_900, 10_000))
  }

  @Test("no range at all is an error")
  func nothing() {
    #expect(#expect(throws: RedactError.self) { try Self.plan([]) }?.code == .noRanges)
  }

  @Test("every marked frame is covered, and covers are sorted, apart and within the sound")
  func law() throws {
    var seeded = Seeded(11)
    for _ in 0..<500 {
      let marked = (0..<Int.random(in: 1...12, using: &seeded)).map { _ in
        let start = Int64.random(in: 0..<9_999_000_000, using: &seeded)
        let end = Int64.random(in: (start + 1)...min(10_000_000_000, start + 2_000_000_000), using: &seeded)
        return RedactionRange(time: MediaTime(nanoseconds: start)..<MediaTime(nanoseconds: end))
      }
      let plan = try Self.plan(marked, Bool.random(using: &seeded) ? .exact() : CoverSettings())
      for range in marked {
        let frames = FrameRange(covering: range.time, rate: plan.format.rate)
        #expect(plan.covers.contains { $0.frames.start <= frames.start && frames.end <= $0.frames.end })
      }
      #expect(zip(plan.covers, plan.covers.dropFirst()).allSatisfy { $0.frames.end < $1.frames.start })
      #expect(plan.covers.allSatisfy { $0.frames.start >= .zero && $0.frames.end.index <= 10_000 * 48 })
    }
  }

  private static func plan(
    _ ranges: [RedactionRange], _ settings: CoverSettings = CoverSettings(), milliseconds: Int64 = 10_000
  ) throws -> RedactionPlan {
    let rate = try #require(SampleRate(hertz: 48_000))
    let format = try #require(SoundFormat(rate: rate, channels: 2))
    return try RedactionPlan(ranges, settings: settings, format: format, length: FrameCount(milliseconds * 48))
  }

  private func range(_ start: Int64, _ end: Int64, _ fill: Fill? = nil, at place: Place? = nil) -> RedactionRange {
    RedactionRange(time: MediaTime(milliseconds: start)..<MediaTime(milliseconds: end), fill: fill, place: place)
  }

  private func frames(_ start: Int64, _ end: Int64) -> FrameRange {
    FrameRange(FramePosition(start * 48), FramePosition(end * 48))
  }
}
