import PCM
import ShowModel

extension CueRanges {
  /// A WAV file without sound, of 16 bits and one channel, that has the ranges as cue points with a length and a name.
  /// - Throws: `RedactError` `.cannotWrite` where a frame's number or a chunk is too large for the format.
  static func write(_ ranges: [RedactionRange], rate: SampleRate) throws -> [UInt8] {
    let frames = ranges.map { FrameRange(covering: $0.time, rate: rate) }
    guard frames.allSatisfy({ $0.end.index <= Int64(Int32.max) }) else {
      throw RedactError(
        .cannotWrite, problem: "cue points count no further than \(Int32.max) frames",
        remedy: "Choose a lower --rate, or another format.", exit: .usage)
    }
    let points = frames.enumerated().flatMap { index, frames in point(UInt32(index + 1), UInt32(frames.start.index)) }
    let list = zip(ranges, frames).enumerated().flatMap { index, pair in
      label(UInt32(index + 1), pair.0.label) + length(UInt32(index + 1), UInt32(pair.1.count.value))
    }
    guard max(points.count, list.count) < RangeLimits.chunkBytes - 4 else {
      throw RedactError(
        .cannotWrite, problem: "these are too many ranges for cue points", remedy: "Choose another format with --to.",
        exit: .usage)
    }
    let body =
      Array("WAVE".utf8) + chunk("fmt ", format(rate)) + chunk("data", [])
      + chunk("cue ", little(UInt32(ranges.count)) + points) + chunk("LIST", Array("adtl".utf8) + list)
    return chunk("RIFF", body)
  }

  private static func format(_ rate: SampleRate) -> [UInt8] {
    [1, 0, 1, 0] + little(UInt32(rate.hertz)) + little(UInt32(rate.hertz * 2)) + [2, 0, 16, 0]
  }

  private static func point(_ id: UInt32, _ frame: UInt32) -> [UInt8] {
    little(id) + little(frame) + Array("data".utf8) + little(0) + little(0) + little(frame)
  }

  private static func label(_ id: UInt32, _ label: PrivateText?) -> [UInt8] {
    guard let label else { return [] }
    return chunk("labl", little(id) + label.revealed.utf8.filter { $0 != 0 } + [0])
  }

  /// `rgn ` as purpose, and no language, dialect or code page.
  private static func length(_ id: UInt32, _ frames: UInt32) -> [UInt8] {
    chunk("ltxt", little(id) + little(frames) + Array("rgn ".utf8) + [UInt8](repeating: 0, count: 8))
  }

  private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    Array(name.utf8) + little(UInt32(body.count)) + body + (body.count % 2 == 1 ? [0] : [])
  }

  private static func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * UInt32($0)) & 0xff) } }
}
