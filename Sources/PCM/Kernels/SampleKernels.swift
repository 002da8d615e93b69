/// The kernels this program runs. ``ScalarKernels`` says what each means; the same tests hold both to it.
package typealias Kernels = VectorKernels

/// The innermost loops over samples. Both twins give the same bits, except for sums, whose order differs.
///
/// Samples are 32-bit float, full scale ±1, interleaved where several channels are meant. Output buffers have the size
/// that the input asks for; anything else is a programming error and stops the program in a debug build.
package protocol SampleKernels {
  /// `output.count` samples from little-endian `bytes`: int16 gives x / 2^15, int24 x / 2^23, int32 and float64 the
  /// nearest float, uint8 (x - 128) / 2^7, ITU-T G.711 its 16-bit value / 2^15.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, as encoding: SampleEncoding, into output: UnsafeMutableBufferPointer<Float>)

  /// Rounded to the nearest step, ties to even; past full scale clamped; not a number becomes 0. `dither` is for
  /// integers alone.
  static func encode(
    _ samples: UnsafeBufferPointer<Float>, as encoding: SampleEncoding, dither: Dither?,
    into output: UnsafeMutableRawBufferPointer)

  static func interleave(_ planes: [UnsafeBufferPointer<Float>], into output: UnsafeMutableBufferPointer<Float>)
  static func deinterleave(_ samples: UnsafeBufferPointer<Float>, into planes: [UnsafeMutableBufferPointer<Float>])

  static func silence(_ samples: UnsafeMutableBufferPointer<Float>)
  /// `table`, repeated without end from frame 0 of the sound on, as heard from frame `start` on; alike on all channels.
  static func tone(
    _ table: ToneTable, from start: FramePosition, channels: Int, into samples: UnsafeMutableBufferPointer<Float>)
  /// White noise between ±`level` that depends on nothing but the frame; alike on all channels.
  static func noise(
    level: Float, from start: FramePosition, channels: Int, into samples: UnsafeMutableBufferPointer<Float>)
  /// Multiplies every sample of frame *i* by `gains[i]`.
  static func multiply(
    _ samples: UnsafeMutableBufferPointer<Float>, channels: Int, byFrameGains gains: UnsafeBufferPointer<Float>)
  /// `samples -= other * gain`, sample by sample.
  static func subtract(
    _ other: UnsafeBufferPointer<Float>, times gain: Float, from samples: UnsafeMutableBufferPointer<Float>)

  /// The largest magnitude; 0 for no samples.
  static func peak(_ samples: UnsafeBufferPointer<Float>) -> Float
  static func sumOfSquares(_ samples: UnsafeBufferPointer<Float>) -> Double
  /// Correlation at lag 0: the sum of products.
  static func dot(_ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>) -> Double
  /// Neither infinite nor not a number, all of them.
  static func allFinite(_ samples: UnsafeBufferPointer<Float>) -> Bool
}

extension SampleKernels {
  /// Root of the mean square; 0 for no samples.
  package static func rms(_ samples: UnsafeBufferPointer<Float>) -> Double {
    samples.isEmpty ? 0 : (sumOfSquares(samples) / Double(samples.count)).squareRoot()
  }
}
