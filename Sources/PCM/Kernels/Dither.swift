/// Triangular noise of one quantisation step on either side (TPDF), which makes the error of rounding independent of
/// the sound (Lipshitz, Wannamaker, Vanderkooy: "Quantization and Dither", JAES 40(5), 1992).
package struct Dither: Sendable {
  /// Index, in the whole sound and over all channels, of the first sample to be encoded.
  package var firstSample: Int64

  package init(firstSample: Int64) { self.firstSample = firstSample }

  static let table = NoiseTable(seed: 0x0d17_4e52) { (Float($0 >> 16) - Float($0 & 0xffff)) * 0x1p-16 }

  /// Between -1 and 1 steps.
  package static func steps(at sample: Int64) -> Float { table.value(at: sample) }
}

/// The noise that covers sound.
enum CoverNoise {
  /// Between -1 and 1.
  static let table = NoiseTable(seed: 0x6e01_5e5d) { Float(Int32(bitPattern: $0 >> 8)) * 0x1p-23 - 1 }
}
