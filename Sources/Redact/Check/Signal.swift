import CVector

/// Sums from the first sample on are kept for each eighth only, and go on from there when they are asked for: kept for
/// all, they would be too long for a cache, and each would wait for the one before.
private enum Step {
  static let shift = 3
  static let size = 1 << shift
}

/// One channel of a stretch of sound, and the energy of any run of its samples.
struct Signal {
  let samples: [Float]
  private let energies: [Double]

  init(_ samples: [Float]) {
    self.samples = samples
    energies = [Double](unsafeUninitializedCapacity: samples.count >> Step.shift + 1) { sums, filled in
      Self.sumUp(samples, samples.count, into: sums)
      filled = samples.count >> Step.shift + 1
    }
  }

  private static func sumUp(
    _ samples: UnsafePointer<Float>, _ count: Int, into sums: UnsafeMutableBufferPointer<Double>
  ) {
    guard let sums = sums.baseAddress else { return }
    cvector_sum_squares(samples, count >> Step.shift, sums)
  }

  func energy(of frames: Range<Int>) -> Double {
    Self.energy(from: energy(upTo: frames.lowerBound), to: energy(upTo: frames.upperBound))
  }

  /// - Parameters:
  ///   - frames: with at least one before and one behind.
  ///   - isFound: told the energy of as many frames, one sooner, here and one later.
  /// - Returns: whether it says so of any.
  @inline(__always) func energies(of frames: Range<Int>, _ isFound: (_ lag: Int, _ energy: Double) -> Bool) -> Bool {
    let here = energy(of: frames)
    if isFound(0, here) { return true }
    let (first, last) = (square(frames.lowerBound), square(frames.upperBound - 1))
    let (sooner, later) = (square(frames.lowerBound - 1), square(frames.upperBound))
    return isFound(-1, here + sooner - last) || isFound(1, here + later - first)
  }

  private func square(_ frame: Int) -> Double { Double(samples[frame]) * Double(samples[frame]) }

  static func energy(from start: Double, to end: Double) -> Double {
    let energy = end - start
    // What is left of the sums' rounding is no sound.
    return energy > 1e-12 * end ? energy : 0
  }

  private func energy(upTo frame: Int) -> Double {
    var (sum, index) = (energies[frame >> Step.shift], frame & ~(Step.size - 1))
    while index < frame {
      sum += Double(samples[index]) * Double(samples[index])
      index += 1
    }
    return sum
  }
}

/// Sums of products of two sounds over any run of samples, from sums made once: with the second one frame earlier, at its
/// place, and one frame later; and the energy of the first.
struct RunningProducts {
  private let one, two: [Float]
  private let offset: Int
  private let sums: [SIMD4<Double>]

  /// Of each sample of `one` with that of `two` which is `offset` further on, where there are more on both sides.
  /// - Parameter isCoarse: in half the time, to six digits.
  init(_ one: [Float], _ two: [Float], from offset: Int, isCoarse: Bool = false) {
    precondition(offset >= 1 && offset + one.count + 3 <= two.count)
    (self.one, self.two, self.offset) = (one, two, offset)
    sums = [SIMD4<Double>](unsafeUninitializedCapacity: one.count >> Step.shift + 1) { sums, filled in
      two.withUnsafeBufferPointer { two in
        guard let around = two.baseAddress else { return }
        Self.sumUp(one, one.count, around + (offset - 1), isCoarse, into: sums)
      }
      filled = one.count >> Step.shift + 1
    }
  }

  private static func sumUp(
    _ one: UnsafePointer<Float>, _ count: Int, _ around: UnsafePointer<Float>, _ isCoarse: Bool,
    into sums: UnsafeMutableBufferPointer<SIMD4<Double>>
  ) {
    guard let sums = sums.baseAddress else { return }
    let sumUp = isCoarse ? cvector_sum_products_coarsely : cvector_sum_products
    sumUp(one, around, count >> Step.shift, sums)
  }

  /// Of one run of samples.
  struct Sums {
    fileprivate let products: SIMD4<Double>
    let energy: Double

    /// - Parameter lag: -1, 0 or 1.
    func product(lag: Int) -> Double { products[lag + 1] }
  }

  func of(_ frames: Range<Int>) -> Sums {
    let (start, end) = (upTo(frames.lowerBound), upTo(frames.upperBound))
    return Sums(products: end - start, energy: Signal.energy(from: start[3], to: end[3]))
  }

  private func upTo(_ frame: Int) -> SIMD4<Double> {
    let index = frame & ~(Step.size - 1)
    guard index < frame else { return sums[frame >> Step.shift] }
    return two.withUnsafeBufferPointer { two in
      guard let around = two.baseAddress else { return sums[frame >> Step.shift] }
      return (index..<frame).reduce(sums[frame >> Step.shift]) {
        cvector_add_multiples($0, around + (offset - 1 + $1), one[$1])
      }
    }
  }
}
