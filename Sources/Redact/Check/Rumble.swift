import PCM

/// What lies far below a voice: a constant, hum of the mains, rumble. Where it is strong, a sound with it and one without
/// it are little alike, and any two sounds with it are much alike, whatever is said.
enum Rumble {
  /// Seconds over which a mean is taken: of 50 Hz a tenth is left each time, of 200 Hz all.
  private static let mean = 0.005
  private static let times = 2
  /// Of all energy, above which there is so much of it that a voice does not show.
  private static let strong = 0.2

  /// The sound as it is where there is little of it.
  static func taken(from samples: [Float], hertz: Int) -> [Float] {
    let count = Int(mean * Double(hertz))
    guard count > 1, isStrong(samples, count) else { return samples }
    return (0..<times).reduce(samples) { samples, _ in withoutMeans(samples, of: count | 1) }
  }

  private static func isStrong(_ samples: [Float], _ count: Int) -> Bool {
    samples.withUnsafeBufferPointer { samples in
      let low = stride(from: 0, to: samples.count - count + 1, by: count).reduce(0.0) { low, start in
        let sum = Double(sum(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: samples[start..<(start + count)]))))
        return low + sum * sum / Double(count)
      }
      return low > strong * Kernels.sumOfSquares(samples)
    }
  }

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
