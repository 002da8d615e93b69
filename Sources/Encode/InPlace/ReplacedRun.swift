import MPEG
import PCM
import ShowModel

/// MP3 frames one after the other that are replaced, because one of their granules touches covered sound.
struct ReplacedRun: Hashable {
  let frames: Range<Int>
  let fill: Fill

  /// Frames of sound of a granule.
  private static let granule = 576
  /// Frames of decoded sound that hold something of a granule: its own and, by the overlap of the transform, as many
  /// again; and the 512 taps of the polyphase filter (ISO/IEC 11172-3, 2.4.3.4.9 and annex B, table 3-B.3).
  private static let support = 2 * granule + 512

  /// What headers of MP3 frames become that are replaced: nothing in them is to tell of what was there. How long an MP3
  /// frame is tells how much there was to hear; where bit rates change, the long ones therefore come first. All of them
  /// together stay as long as they are.
  /// - Parameter first: an MP3 frame whose flags all of them get.
  static func headers(_ headers: [FrameHeader], like first: FrameHeader) -> [FrameHeader] {
    let headers = headers.map { $0.with(modeExtension: 0).with(flagsOf: first) }
    guard headers.contains(where: { $0.bitrate != headers[0].bitrate }) else { return headers }
    return headers.sorted { ($0.frameLength, $0.word) > ($1.frameLength, $1.word) }
  }

  /// - Parameters:
  ///   - covers: sorted and apart, in frames of sound.
  ///   - skipped: frames that a decoder makes and leaves out before the first frame of sound.
  ///   - count: of MP3 frames, each of `granules`.
  static func runs(_ covers: [(frames: FrameRange, fill: Fill)], skipped: Int, count: Int, granules: Int) -> [Self] {
    var runs: [Self] = []
    for cover in covers where !cover.frames.isEmpty {
      let (from, to) = (Int(cover.frames.start.index) + skipped, Int(cover.frames.end.index) + skipped)
      let first = from < support ? 0 : (from - support) / granule + 1
      let last = (to - 1) / granule
      let frames = min(count, first / granules)..<min(count, last / granules + 1)
      if let before = runs.last, frames.lowerBound <= before.frames.upperBound {
        let fill = [Fill.bip, .noise, .silence].first { $0 == before.fill || $0 == cover.fill } ?? cover.fill
        runs[runs.count - 1] = Self(frames: before.frames.lowerBound..<frames.upperBound, fill: fill)
      } else {
        runs.append(Self(frames: frames, fill: cover.fill))
      }
    }
    return runs.filter { !$0.frames.isEmpty }
  }
}
