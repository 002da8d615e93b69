import CVector
import Foundation

/// A discrete Fourier transform of a power-of-two size, after Cooley and Tukey: radix 2, in place.
struct FFT {
  let size: Int
  /// For each stage those that it needs, one after the other: from `half` - 1 on for that of `half` turns.
  private let cosines, sines: [Float]

  /// - Parameter atLeast: rounded up to a power of two, 2 or more.
  init(atLeast: Int) {
    var size = 2
    while size < atLeast { size *= 2 }
    self.size = size
    var angles: [Double] = []
    var half = 1
    while half < size {
      for turn in 0..<half { angles.append(-Double.pi * Double(turn) / Double(half)) }
      half *= 2
    }
    cosines = angles.map { Float(cos($0)) }
    sines = angles.map { Float(sin($0)) }
  }

  /// Transforms `real + i·imaginary`, both of ``size``, in place. Forward, without scaling.
  func forward(_ real: inout [Float], _ imaginary: inout [Float]) {
    precondition(real.count == size && imaginary.count == size)
    reorder(&real, &imaginary)
    var half = 1
    while half < size {
      stage(half, cosines, sines, &real, &imaginary)
      half *= 2
    }
  }

  /// The inverse transform, scaled by 1/``size``.
  func inverse(_ real: inout [Float], _ imaginary: inout [Float]) {
    forward(&imaginary, &real)
    scale(&real, &imaginary)
  }

  private func scale(_ real: UnsafeMutablePointer<Float>, _ imaginary: UnsafeMutablePointer<Float>) {
    let scale = 1 / Float(size)
    var index = 0
    while index < size {
      real[index] *= scale
      imaginary[index] *= scale
      index += 1
    }
  }

  private func reorder(_ real: UnsafeMutablePointer<Float>, _ imaginary: UnsafeMutablePointer<Float>) {
    var (index, mirrored) = (1, 0)
    while index < size {
      var bit = size >> 1
      while mirrored & bit != 0 {
        mirrored ^= bit
        bit >>= 1
      }
      mirrored |= bit
      if index < mirrored {
        (real[index], real[mirrored]) = (real[mirrored], real[index])
        (imaginary[index], imaginary[mirrored]) = (imaginary[mirrored], imaginary[index])
      }
      index += 1
    }
  }

  private func stage(
    _ half: Int, _ cosines: UnsafePointer<Float>, _ sines: UnsafePointer<Float>,
    _ real: UnsafeMutablePointer<Float>, _ imaginary: UnsafeMutablePointer<Float>
  ) {
    var low = 0
    while low < size {
      let high = low + half
      var turn = 0
      while turn + 4 <= half {
        cvector_butterflies(
          real + (low + turn), imaginary + (low + turn), half, cosines + (half - 1 + turn), sines + (half - 1 + turn))
        turn += 4
      }
      while turn < half {
        let (c, s) = (cosines[half - 1 + turn], sines[half - 1 + turn])
        let r = real[high + turn] * c - imaginary[high + turn] * s
        let i = real[high + turn] * s + imaginary[high + turn] * c
        real[high + turn] = real[low + turn] - r
        imaginary[high + turn] = imaginary[low + turn] - i
        real[low + turn] += r
        imaginary[low + turn] += i
        turn += 1
      }
      low += 2 * half
    }
  }
}

extension FFT {
  /// Circular correlation (`sum of first[n] * second[n + lag]`) or, `reversed`, convolution
  /// (`sum of first[lag - n] * second[n]`), for every lag modulo ``size``, from one forward transform of both.
  func correlation(_ first: [Float], _ second: [Float], reversed: Bool = false) -> [Float] {
    var real = first + [Float](repeating: 0, count: size - first.count)
    var imaginary = second + [Float](repeating: 0, count: size - second.count)
    forward(&real, &imaginary)
    var productReal = [Float](repeating: 0, count: size)
    var productImaginary = productReal
    multiply(real, imaginary, sign: reversed ? 1 : -1, into: &productReal, &productImaginary)
    inverse(&productReal, &productImaginary)
    return productReal
  }

  /// Takes the two spectra apart that one transform of two real sounds gives, and multiplies them.
  private func multiply(
    _ real: UnsafePointer<Float>, _ imaginary: UnsafePointer<Float>, sign: Float,
    into productReal: UnsafeMutablePointer<Float>, _ productImaginary: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    while index < size {
      let mirror = (size - index) & (size - 1)
      let firstReal = (real[index] + real[mirror]) / 2
      let firstImaginary = (imaginary[index] - imaginary[mirror]) / 2 * sign
      let secondReal = (imaginary[index] + imaginary[mirror]) / 2
      let secondImaginary = (real[mirror] - real[index]) / 2
      productReal[index] = firstReal * secondReal - firstImaginary * secondImaginary
      productImaginary[index] = firstReal * secondImaginary + firstImaginary * secondReal
      index += 1
    }
  }
}
