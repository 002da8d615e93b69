import PCM

/// What lies far below a voice: a constant, hum of the mains, rumble. Where it is strong, a sound with it and one without
/// it are little alike, and any two sounds with it are much alike, whatever is said.
enum Rumble {
  /// Seconds over which a mean is taken: of 50 Hz a tenth is left each time, of 200 Hz all.
  private static let mean = 0.005
  private static let times = 2
  /// Of all energy, above which there is so much of it that a voice does not show.
  private static let strong = 0.2

  /// One in so many means is looked at: what is strong enough is everywhere.
  private static let sparsely = 4

  static func taken(from samples: [Float], hertz: Int) -> [Float] {
    let count = length(hertz)
    return (0..<times).reduce(samples) { samples, _ in withoutMeans(samples, of: count | 1) }
  }

  static func isStrong(in samples: [Float], hertz: Int) -> Bool {
    let count = length(hertz)
    return samples.withUnsafeBufferPointer { samples in
      var (low, all) = (0.0, 0.0)
      for start in stride(from: 0, to: samples.count - count + 1, by: sparsely * count) {
        let part = UnsafeBufferPointer(rebasing: samples[start..<(start + count)])
        let sum = Double(sum(UnsafeRawBufferPointer(part)))
        low += sum * sum / Double(count)
        all += Kernels.sumOfSquares(part)
      }
      return low > strong * all
    }
  }

  private static func length(_ hertz: Int) -> Int { max(2, Int(mean * Double(hertz))) }

  /// Eight at a time; up to seven at the end are left out.
  private static func sum(_ samples: UnsafeRawBufferPointer) -> Float {
    var (sums, offset) = (SIMD8<Float>(), 0)
    while offset + 32 <= samples.count {
      sums += samples.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
      offset += 32
    }
    return sums.sum()
  }

  /// Less the mean of `count` samples around each, fewer at the ends.
  private static func withoutMeans(_ samples: [Float], of count: Int) -> [Float] {
    let half = count / 2
    var sum = samples.prefix(half).reduce(0.0) { $0 + Double($1) }
    return samples.indices.map { index in
      if index + half < samples.count { sum += Double(samples[index + half]) }
      if index > half { sum -= Double(samples[index - half - 1]) }
      return Float(Double(samples[index]) - sum / Double(min(samples.count, index + half + 1) - max(0, index - half)))
    }
  }
}
