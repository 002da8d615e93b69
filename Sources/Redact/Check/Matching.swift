import PCM

/// How like one sound is to each place of another, whatever the sign.
enum Matching {
  /// In hertz, or a little more: it still holds most of a voice.
  private static let coarseRate = 8_000

  /// Samples that make one in a coarse look.
  static func step(_ rate: SampleRate) -> Int { max(1, rate.hertz / coarseRate) }

  /// Every `step` samples made one.
  static func thinned(_ samples: [Float], _ step: Int) -> [Float] {
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

  /// Of `one` with each place of `wide`.
  static func likeness(_ one: [Float], _ wide: [Float]) -> [Double] {
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

  static func level(_ samples: [Float]) -> Double { samples.withUnsafeBufferPointer { Kernels.rms($0) } }

  static func mono(_ planes: [[Float]]) -> [Float] {
    guard planes.count > 1 else { return planes[0] }
    return planes[0].indices.map { index in planes.reduce(0) { $0 + $1[index] } / Float(planes.count) }
  }
}

extension [Double] {
  /// nil where there is none.
  var indexOfMost: Int? { indices.max { self[$0] < self[$1] } }
}
