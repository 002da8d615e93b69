/// One channel of a stretch of sound, and the energy of any run of its samples.
struct Signal {
  let samples: [Float]
  private let energies: [Double]

  init(_ samples: [Float]) {
    self.samples = samples
    var sum = 0.0
    energies = [Double](unsafeUninitializedCapacity: samples.count + 1) { sums, filled in
      sums[0] = 0
      for (index, sample) in samples.enumerated() {
        sum += Double(sample) * Double(sample)
        sums[index + 1] = sum
      }
      filled = samples.count + 1
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
      two.withUnsafeBytes { two in
        var sum = SIMD4<Double>.zero
        sums[0] = sum
        for (index, sample) in one.enumerated() {
          let around = two.loadUnaligned(fromByteOffset: (index + offset - 1) * 4, as: SIMD4<Float>.self)
          sum += SIMD4<Double>(around) * Double(sample)
          sums[index + 1] = sum
        }
      }
      filled = one.count + 1
    }
  }

  /// - Parameter lag: -1, 0 or 1.
  func of(_ frames: Range<Int>, lag: Int) -> Double {
    sums[frames.upperBound][lag + 1] - sums[frames.lowerBound][lag + 1]
  }
}
