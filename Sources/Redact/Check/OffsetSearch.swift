import PCM

/// Finds how much later the sound is in one file than in another, from what lies outside the ranges.
struct OffsetSearch {
  /// Seconds that are compared at a time.
  private static let window = 1.0
  /// Seconds of delay that are found, either way.
  private static let reach = 0.5
  private static let mostWindows = 5
  /// In hertz, or a little more.
  private static let coarseRate = 8_000

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
      votes.append(best(one, mono(try redacted.read(wide)), reach: reach))
    }
    let alike = votes.filter { $0.likeness >= Thresholds.sameRecording }
    let lags = alike.map(\.lag).sorted()
    guard !lags.isEmpty, alike.count * 2 > votes.count else { return nil }
    let middle = lags[lags.count / 2]
    let agreeing = lags.filter { abs($0 - middle) <= max(2, format.rate.hertz / 2_000) }
    return agreeing.count * 3 >= lags.count * 2 ? FrameCount(Int64(middle)) : nil
  }

  /// Coarsely first, at a rate that still holds most of a voice, then to the frame.
  private func best(_ one: [Float], _ wide: [Float], reach: Int) -> (lag: Int, likeness: Double) {
    let step = max(1, format.rate.hertz / Self.coarseRate)
    let places = wide.count - one.count
    let coarse = Self.likeness(Self.thinned(one, step), Self.thinned(wide, step))
    guard let top = coarse.indices.max(by: { coarse[$0] < coarse[$1] }) else { return (0, 0) }
    guard step > 1 else { return (top - reach, coarse[top]) }
    let near = max(0, min(places, (top - 1) * step))...max(0, min(places, (top + 1) * step))
    let fine = Self.likeness(one, Array(wide[near.lowerBound..<(near.upperBound + one.count)]))
    guard let peak = fine.indices.max(by: { fine[$0] < fine[$1] }) else { return (0, 0) }
    return (near.lowerBound + peak - reach, max(fine[peak], coarse[top]))
  }

  /// Every `step` samples made one.
  private static func thinned(_ samples: [Float], _ step: Int) -> [Float] {
    guard step > 1 else { return samples }
    return (0..<(samples.count / step)).map { index in
      var sum: Float = 0
      for sample in (index * step)..<((index + 1) * step) { sum += samples[sample] }
      return sum / Float(step)
    }
  }

  /// Of `one` with each place of `wide`, whatever the sign.
  private static func likeness(_ one: [Float], _ wide: [Float]) -> [Double] {
    let places = max(0, wide.count - one.count)
    let products = products(one, wide, places)
    let own = one.withUnsafeBufferPointer { Kernels.sumOfSquares($0) }
    var energy = wide.prefix(one.count).withUnsafeBufferPointer { Kernels.sumOfSquares($0) }
    return (0...places).map { lag in
      let scale = (own * energy).squareRoot()
      if lag < places {
        energy += Double(wide[lag + one.count]) * Double(wide[lag + one.count]) - Double(wide[lag]) * Double(wide[lag])
      }
      return scale > 1e-9 ? abs(products[lag]) / scale : 0
    }
  }

  private static func products(_ one: [Float], _ wide: [Float], _ places: Int) -> [Double] {
    // A few products are made faster one by one.
    guard places < 64 else {
      return FFT(atLeast: wide.count).correlation(one, wide).prefix(places + 1).map(Double.init)
    }
    return one.withUnsafeBufferPointer { one in
      wide.withUnsafeBufferPointer { wide in
        (0...places).map { Kernels.dot(one, UnsafeBufferPointer(rebasing: wide[$0..<($0 + one.count)])) }
      }
    }
  }

  private static func level(_ samples: [Float]) -> Double { samples.withUnsafeBufferPointer { Kernels.rms($0) } }

  private func mono(_ planes: [[Float]]) -> [Float] {
    guard planes.count > 1 else { return planes[0] }
    return planes[0].indices.map { index in planes.reduce(0) { $0 + $1[index] } / Float(planes.count) }
  }
}
