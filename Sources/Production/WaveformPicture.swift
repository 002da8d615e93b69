import Foundation
import PCM
import Redact
import ShowModel

/// The waveform of covered sound as SVG 1.1, with the covered stretches marked. It only ever sees covered samples.
package struct WaveformPicture {
  private static let columns = 1_200
  private static let height = 240
  private static let axis = 28

  private let plan: RedactionPlan
  private var peaks: [Float]
  private var position = FramePosition.zero

  package init(_ plan: RedactionPlan) {
    self.plan = plan
    peaks = [Float](repeating: 0, count: Self.columns)
  }

  /// Takes the next frames of the covered sound.
  package mutating func add(_ block: borrowing SampleBlock) {
    let samples = UnsafeBufferPointer(block.samples)
    var frame = 0
    while frame < block.frameCount {
      let column = self.column(of: position + FrameCount(Int64(frame)))
      let end = min(Int64(block.frameCount), (firstFrame(of: column + 1) - position).value)
      let next = max(frame + 1, Int(end))
      let part = UnsafeBufferPointer(rebasing: samples[(frame * block.channels)..<(next * block.channels)])
      peaks[column] = max(peaks[column], min(1, Kernels.peak(part)))
      frame = next
    }
    position = position + FrameCount(Int64(block.frameCount))
  }

  package func svg() -> String {
    let (width, height) = (Self.columns, Self.height + Self.axis)
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
        + "font-family=\"sans-serif\" font-size=\"13\">",
      "<title>Waveform of \(length), \(plan.covers.count) covered</title>",
      "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>",
    ]
    lines += plan.covers.map(mark)
    lines.append("<path d=\"\(outline)\" fill=\"#1f4e79\"/>")
    lines += ticks
    return lines.joined(separator: "\n") + "\n</svg>\n"
  }

  private var length: MediaTime { plan.length.time(at: plan.format.rate) }

  private func mark(_ cover: Cover) -> String {
    let left = x(cover.frames.start)
    let width = max(2, x(cover.frames.end) - left)
    let time = cover.frames.time(at: plan.format.rate)
    return "<rect x=\"\(Self.tenths(left))\" y=\"0\" width=\"\(Self.tenths(width))\" height=\"\(Self.height)\" "
      + "fill=\"#ffb000\"><title>\(time.lowerBound)-\(time.upperBound) \(cover.fill.rawValue)</title></rect>"
  }

  /// Up along the tops from left to right, back along the bottoms.
  private var outline: String {
    let middle = Double(Self.height) / 2
    let heights = peaks.map { max(0.5, Double($0) * (middle - 4)) }
    let tops = heights.enumerated().map { "\($0.offset) \(Self.tenths(middle - $0.element))" }
    let bottoms = heights.enumerated().reversed().map { "\($0.offset) \(Self.tenths(middle + $0.element))" }
    return "M" + (tops + bottoms).joined(separator: "L") + "Z"
  }

  private var ticks: [String] {
    let seconds = max(length.seconds, 0.001)
    let steps = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 7_200, 36_000]
    let step = steps.first { seconds / $0 <= 12 } ?? 360_000
    return (0...Int(seconds / step)).map { index in
      let time = Double(index) * step
      let at = Self.tenths(time / seconds * Double(Self.columns))
      let label = step < 1 ? Self.tenths(time) : Self.clock(Int(time))
      return "<path d=\"M\(at) \(Self.height)v6\" stroke=\"#444444\"/>"
        + "<text x=\"\(at)\" y=\"\(Self.height + 21)\" text-anchor=\"\(index == 0 ? "start" : "middle")\" "
        + "fill=\"#444444\">\(label)</text>"
    }
  }

  private func x(_ position: FramePosition) -> Double {
    Double(position.index) / Double(max(1, plan.length.value)) * Double(Self.columns)
  }

  private func column(of position: FramePosition) -> Int {
    let length = max(1, plan.length.value)
    let column = MediaTime.scale(position.index, by: Int64(Self.columns), over: length, roundUp: false)
    return min(Self.columns - 1, max(0, Int(column)))
  }

  private func firstFrame(of column: Int) -> FramePosition {
    guard column < Self.columns else { return FramePosition(.max) }
    let length = max(1, plan.length.value)
    return FramePosition(MediaTime.scale(Int64(column), by: length, over: Int64(Self.columns), roundUp: true))
  }

  private static func clock(_ seconds: Int) -> String {
    let pair = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    let minutes = "\(seconds / 60 % 60)"
    return seconds < 3_600
      ? "\(minutes):\(pair(seconds % 60))" : "\(seconds / 3_600):\(pair(seconds / 60 % 60)):\(pair(seconds % 60))"
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
