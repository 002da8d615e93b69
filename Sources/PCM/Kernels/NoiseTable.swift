/// Noise that depends on nothing but a position: the same sound gives the same bytes, in whatever pieces.
///
/// A table is played from another place in each stretch of its length, so that nothing repeats; hashing each position
/// took longer than all the rest of a kernel.
struct NoiseTable: Sendable {
  /// 0.3 s at 48 kHz; twice over it stays in the second-level cache.
  static let length = 1 << 14

  private let seed: UInt32
  /// The table twice, so that no stretch wraps around.
  private let values: [Float]

  /// - Parameter value: what random bits stand for.
  init(seed: UInt32, _ value: (UInt32) -> Float) {
    self.seed = seed
    let once = (0..<Self.length).map { value(Self.hash(UInt32($0) ^ seed)) }
    values = once + once
  }

  func value(at position: Int64) -> Float {
    values[turn(position) + Int(truncatingIfNeeded: position & Int64(Self.length - 1))]
  }

  /// Calls `body` for one stretch after another: the values of its positions, and which positions these are, counted
  /// from `position` on.
  @inline(__always) func eachRun(
    from position: Int64, count: Int, _ body: (UnsafePointer<Float>, Range<Int>) -> Void
  ) {
    values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return }
      var done = 0
      while done < count {
        let at = position &+ Int64(done)
        let within = Int(truncatingIfNeeded: at & Int64(Self.length - 1))
        let run = min(count - done, Self.length - within)
        body(first + turn(at) + within, done..<(done + run))
        done += run
      }
    }
  }

  /// Where in the table the stretch begins that `position` lies in.
  private func turn(_ position: Int64) -> Int {
    let stretch = position >> 14
    let bits = UInt32(truncatingIfNeeded: stretch) ^ UInt32(truncatingIfNeeded: stretch >> 32) &* 0x85eb_ca6b
    return Int(Self.hash(bits ^ ~seed)) & (Self.length - 1)
  }

  /// A well-mixed 32-bit hash (Wellons' `lowbias32`).
  private static func hash(_ bits: UInt32) -> UInt32 {
    var hash = bits
    hash ^= hash >> 16
    hash &*= 0x7feb_352d
    hash ^= hash >> 15
    hash &*= 0x846c_a68b
    hash ^= hash >> 16
    return hash
  }
}
