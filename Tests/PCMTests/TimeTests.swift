import PCM
import Testing

@Suite struct TimeTests {
  static let rates = [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000]

  @Test("a range that starts mid-sample covers the whole sample", arguments: rates)
  func widensToWholeFrames(hertz: Int) throws {
    let rate = try #require(SampleRate(hertz: hertz))
    let frame = 1_000_000_000.0 / Double(hertz)
    for tenth in 1..<10 {
      let inside = MediaTime(nanoseconds: Int64(frame * (100 + Double(tenth) / 10)))
      let range = FrameRange(covering: inside..<MediaTime(nanoseconds: inside.nanoseconds + 1), rate: rate)
      #expect(range == FrameRange(FramePosition(100), FramePosition(101)))
    }
  }

  @Test("a range on the clock and back is the same frames", arguments: rates)
  func roundTrip(hertz: Int) throws {
    let rate = try #require(SampleRate(hertz: hertz))
    for start in stride(from: Int64(0), to: 7_000_000_000, by: 699_999_989) {
      for length in [Int64(1), 2, 3, 7, 4_801, 1_000_003] {
        let range = FrameRange(FramePosition(start), FramePosition(start + length))
        #expect(FrameRange(covering: range.time(at: rate), rate: rate) == range)
      }
    }
  }

  @Test("scaling never traps, even at the limits")
  func scaleLimits() {
    for value in [Int64.min, -1, 0, 1, .max] {
      for factor in [Int64.min, 1, .max] {
        for up in [true, false] {
          let scaled = MediaTime.scale(value, by: factor, over: 1, roundUp: up)
          #expect(value == 0 ? scaled == 0 : (scaled < 0) == (value < 0))
        }
      }
    }
    #expect(MediaTime.scale(-3, by: 1, over: 2, roundUp: true) == -1)
    #expect(MediaTime.scale(-3, by: 1, over: 2, roundUp: false) == -2)
  }

  @Test("an unsupported rate is not a rate", arguments: [0, -1, 7_999, 192_001, Int.max])
  func badRate(hertz: Int) { #expect(SampleRate(hertz: hertz) == nil) }
}
