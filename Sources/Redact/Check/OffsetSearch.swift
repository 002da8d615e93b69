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
    var pairs: [(one: [Float], wide: [Float])] = []
    for window in windows {
      let one = mono(try original.read(window))
      guard Self.level(one) > Thresholds.silence else { continue }
      let wide = FrameRange(window.start - FrameCount(Int64(reach)), window.end + FrameCount(Int64(reach)))
      pairs.append((one, mono(try redacted.read(wide))))
    }
    // Of a pause, an encoder leaves nothing that is like it.
    let loudest = pairs.map { Self.level($0.one) }.max() ?? 0
    pairs.removeAll { Self.level($0.one) < Thresholds.pause * loudest }
    guard !pairs.isEmpty, let lag = commonLag(pairs) else { return nil }
    return FrameCount(Int64(lag - reach))
  }

  /// Coarsely first, at a rate that still holds most of a voice, then to the frame. A voice that holds its pitch is like
  /// itself a period later, but not by the same period everywhere: all windows together say where it is.
  private func commonLag(_ pairs: [(one: [Float], wide: [Float])]) -> Int? {
    let step = max(1, format.rate.hertz / Self.coarseRate)
    let coarse = pairs.map { Self.likeness(Self.thinned($0.one, step), Self.thinned($0.wide, step)) }
    guard let top = Self.top(coarse) else { return nil }
    // The recording must be there in most windows, at this place and not at one of its own.
    let agreeing = coarse.filter { likeness in
      let near = likeness[max(0, top - 4)...min(likeness.count - 1, top + 4)].max() ?? 0
      return near >= max(Thresholds.sameRecording, 0.8 * (likeness.max() ?? 0))
    }
    guard agreeing.count * 3 >= pairs.count * 2 else { return nil }
    guard step > 1 else { return top }
    let fine = pairs.map { pair in
      let last = (top + 2) * step + pair.one.count
      let from = max(0, (top - 1) * step)
      return Self.likeness(pair.one, Array(pair.wide[from..<min(pair.wide.count, last)]))
    }
    return Self.top(fine).map { max(0, (top - 1) * step) + $0 }
  }

  /// Where the sum of all is greatest.
  private static func top(_ likeness: [[Double]]) -> Int? {
    let places = likeness.map(\.count).min() ?? 0
    return (0..<places).map { place in likeness.reduce(0) { $0 + $1[place] } }.indexOfMost
  }

  /// Every `step` samples made one.
  private static func thinned(_ samples: [Float], _ step: Int) -> [Float] {
    guard step > 1 else { return samples }
    return [Float](unsafeUninitializedCapacity: samples.count / step) { thinned, filled in
      samples.withUnsafeBufferPointer { samples in
        while filled < samples.count / step {
          thinned[filled] = sum(samples, filled * step, step) / Float(step)
          filled += 1
        }
      }
    }
  }

  private static func sum(_ samples: UnsafeBufferPointer<Float>, _ start: Int, _ count: Int) -> Float {
    var (sum, index) = (Float(0), start)
    while index < start + count {
      sum += samples[index]
      index += 1
    }
    return sum
  }

  /// Of `one` with each place of `wide`, whatever the sign.
  private static func likeness(_ one: [Float], _ wide: [Float]) -> [Double] {
    let places = max(0, wide.count - one.count)
    let products = products(one, wide, places)
    let own = one.withUnsafeBufferPointer { Kernels.sumOfSquares($0) }
    // Where there is silence, the transform's rounding would look like anything.
    let floor = 1e-4 * wide.withUnsafeBufferPointer { Kernels.sumOfSquares($0) }
    var energy = wide.prefix(one.count).withUnsafeBufferPointer { Kernels.sumOfSquares($0) }
    return (0...places).map { lag in
      let here = energy
      if lag < places {
        energy += Double(wide[lag + one.count]) * Double(wide[lag + one.count]) - Double(wide[lag]) * Double(wide[lag])
      }
      return own > 1e-9 && here > floor ? abs(products[lag]) / (own * here).squareRoot() : 0
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

extension [Double] {
  /// nil where there is none.
  fileprivate var indexOfMost: Int? { indices.max { self[$0] < self[$1] } }
}
