import CVector

/// One channel of a stretch of sound, and the energy of any run of its samples.
struct Signal {
  let samples: [Float]
  private let energies: [Double]

  init(_ samples: [Float]) {
    self.samples = samples
    energies = [Double](unsafeUninitializedCapacity: samples.count + 1) { sums, filled in
      Self.sumUp(samples, samples.count, into: sums)
      filled = samples.count + 1
    }
  }

  private static func sumUp(
    _ samples: UnsafePointer<Float>, _ count: Int, into sums: UnsafeMutableBufferPointer<Double>
  ) {
    var sum = 0.0
    sums[0] = sum
    var index = 0
    while index < count {
      sum += Double(samples[index]) * Double(samples[index])
      index += 1
      sums[index] = sum
    }
  }

  func energy(of frames: Range<Int>) -> Double {
    let energy = energies[frames.upperBound] - energies[frames.lowerBound]
    // What is left of the sums' rounding is no sound.
    return energy > 1e-12 * energies[frames.upperBound] ? energy : 0
  }
}

/// Sums of products of two sounds over any run of samples, from sums made once: with the second one frame earlier, at its
/// place, and one frame later.
struct RunningProducts {
  private let sums: [SIMD4<Double>]

  /// Of each sample of `one` with that of `two` which is `offset` further on, where there are more on both sides.
  init(_ one: [Float], _ two: [Float], from offset: Int) {
    precondition(offset >= 1 && offset + one.count + 3 <= two.count)
    sums = [SIMD4<Double>](unsafeUninitializedCapacity: one.count + 1) { sums, filled in
      two.withUnsafeBufferPointer { two in
        guard let around = two.baseAddress else { return }
        Self.sumUp(one, one.count, around + (offset - 1), into: sums)
      }
      filled = one.count + 1
    }
  }

  private static func sumUp(
    _ one: UnsafePointer<Float>, _ count: Int, _ around: UnsafePointer<Float>,
    into sums: UnsafeMutableBufferPointer<SIMD4<Double>>
  ) {
    var sum = SIMD4<Double>()
    sums[0] = sum
    var index = 0
    while index < count {
      sum = cvector_add_multiples(sum, around + index, Double(one[index]))
      index += 1
      sums[index] = sum
    }
  }

  /// - Parameter lag: -1, 0 or 1.
  func of(_ frames: Range<Int>, lag: Int) -> Double {
    sums[frames.upperBound][lag + 1] - sums[frames.lowerBound][lag + 1]
  }
}
