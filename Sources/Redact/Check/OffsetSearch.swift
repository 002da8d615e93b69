import PCM

/// Finds how much later the sound is in one file than in another, from what lies outside the ranges.
struct OffsetSearch {
  /// Seconds that are compared at a time.
  private static let window = 1.0
  /// Seconds of delay that are found, either way.
  private static let reach = 0.5
  private static let mostWindows = 5

  let format: SoundFormat
  let length: FrameCount
  /// Sorted.
  let ranges: [FrameRange]

  /// Stretches outside all ranges, spread over the sound.
  private var windows: [FrameRange] {
    let guardBand = Int64(format.rate.hertz / 5)
    var free: [FrameRange] = []
    var position: Int64 = 0
    for range in ranges + [FrameRange(.zero + length, .zero + length)] {
      let isEnd = range.start.index == length.value
      free += pieces(from: position, to: range.start.index - (isEnd ? 0 : guardBand))
      position = max(position, range.end.index + guardBand)
    }
    guard free.count > Self.mostWindows else { return free }
    return (0..<Self.mostWindows).map { free[$0 * (free.count - 1) / (Self.mostWindows - 1)] }
  }

  private func pieces(from start: Int64, to end: Int64) -> [FrameRange] {
    let size = Int64(Self.window * Double(format.rate.hertz))
    guard end - start >= size / 8 else { return [] }
    return stride(from: start, to: end, by: Int64.Stride(size)).compactMap { from in
      let to = min(end, from + size)
      return to - from >= size / 8 ? FrameRange(FramePosition(from), FramePosition(to)) : nil
    }
  }

  /// - Returns: nil where the two are not the same recording, or differ in length on the way.
  func delay(_ original: ExcerptReader, _ redacted: ExcerptReader) throws -> FrameCount? {
    let reach = Int(Self.reach * Double(format.rate.hertz))
    var votes: [(lag: Int, likeness: Double)] = []
    for window in windows {
      let one = mono(try original.read(window))
      guard Self.level(one) > Thresholds.silence else { continue }
      let wide = FrameRange(window.start - FrameCount(Int64(reach)), window.end + FrameCount(Int64(reach)))
      votes.append(Self.best(one, mono(try redacted.read(wide)), reach: reach))
    }
    let alike = votes.filter { $0.likeness >= Thresholds.sameRecording }
    let lags = alike.map(\.lag).sorted()
    guard !lags.isEmpty, alike.count * 2 > votes.count else { return nil }
    let middle = lags[lags.count / 2]
    let agreeing = lags.filter { abs($0 - middle) <= max(2, format.rate.hertz / 2_000) }
    return agreeing.count * 3 >= lags.count * 2 ? FrameCount(Int64(middle)) : nil
  }

  private static func best(_ one: [Float], _ wide: [Float], reach: Int) -> (lag: Int, likeness: Double) {
    let fft = FFT(atLeast: one.count + wide.count)
    let products = fft.correlation(one, wide)
    var energy = wide.prefix(one.count).reduce(0) { $0 + Double($1) * Double($1) }
    let own = one.reduce(0) { $0 + Double($1) * Double($1) }
    var best = (lag: 0, likeness: 0.0)
    for lag in 0...(wide.count - one.count) {
      let scale = (own * energy).squareRoot()
      let likeness = scale > 1e-9 ? abs(Double(products[lag])) / scale : 0
      if likeness > best.likeness { best = (lag - reach, likeness) }
      guard lag + one.count < wide.count else { break }
      energy += Double(wide[lag + one.count]) * Double(wide[lag + one.count]) - Double(wide[lag]) * Double(wide[lag])
    }
    return best
  }

  private static func level(_ samples: [Float]) -> Double { samples.withUnsafeBufferPointer { Kernels.rms($0) } }

  private func mono(_ planes: [[Float]]) -> [Float] {
    guard planes.count > 1 else { return planes[0] }
    return planes[0].indices.map { index in planes.reduce(0) { $0 + $1[index] } / Float(planes.count) }
  }
}
