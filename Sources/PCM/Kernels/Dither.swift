/// Triangular noise of one quantisation step on either side (TPDF), which makes the error of rounding independent of
/// the sound (Lipshitz, Wannamaker, Vanderkooy: "Quantization and Dither", JAES 40(5), 1992).
///
/// It depends on nothing but the sample's index, so that the same sound gives the same bytes, in whatever pieces.
package struct Dither: Sendable {
  /// Index, in the whole sound and over all channels, of the first sample to be encoded.
  package var firstSample: Int64

  package init(firstSample: Int64) { self.firstSample = firstSample }

  private static let seed: UInt32 = 0x0d17_4e52

  /// Between -1 and 1 steps.
  @inline(__always) package static func steps(at sample: Int64) -> Float {
    let bits = SampleHash.bits(of: sample, seed: seed)
    return (Float(bits >> 16) - Float(bits & 0xffff)) * 0x1p-16
  }
}

/// A well-mixed 32-bit hash of a position: noise that needs no state (Wellons' `lowbias32`).
enum SampleHash {
  @inline(__always) static func bits(of position: Int64, seed: UInt32) -> UInt32 {
    let high = UInt32(truncatingIfNeeded: position >> 32)
    var hash = UInt32(truncatingIfNeeded: position) ^ seed ^ (high &* 0x85eb_ca6b)
    hash ^= hash >> 16
    hash &*= 0x7feb_352d
    hash ^= hash >> 15
    hash &*= 0x846c_a68b
    hash ^= hash >> 16
    return hash
  }
}

/// The noise that covers sound.
enum CoverNoise {
  private static let seed: UInt32 = 0x6e01_5e5d

  /// Between -1 and 1.
  @inline(__always) static func value(at frame: Int64) -> Float {
    let bits = SampleHash.bits(of: frame, seed: seed) >> 8
    return Float(Int32(bitPattern: bits)) * 0x1p-23 - 1
  }
}
