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
    real.withUnsafeMutableBufferPointer { real in
      imaginary.withUnsafeMutableBufferPointer { imaginary in
        reorder(real, imaginary)
        var half = 1
        while half < size {
          stage(half, real, imaginary)
          half *= 2
        }
      }
    }
  }

  /// The inverse transform, scaled by 1/``size``.
  func inverse(_ real: inout [Float], _ imaginary: inout [Float]) {
    forward(&imaginary, &real)
    let scale = 1 / Float(size)
    for index in 0..<size {
      real[index] *= scale
      imaginary[index] *= scale
    }
  }

  private func reorder(_ real: UnsafeMutableBufferPointer<Float>, _ imaginary: UnsafeMutableBufferPointer<Float>) {
    var mirrored = 0
    for index in 1..<size {
      var bit = size / 2
      while mirrored & bit != 0 {
        mirrored ^= bit
        bit /= 2
      }
      mirrored |= bit
      if index < mirrored {
        real.swapAt(index, mirrored)
        imaginary.swapAt(index, mirrored)
      }
    }
  }

  private func stage(
    _ half: Int, _ real: UnsafeMutableBufferPointer<Float>, _ imaginary: UnsafeMutableBufferPointer<Float>
  ) {
    cosines.withUnsafeBufferPointer { cosines in
      sines.withUnsafeBufferPointer { sines in
        for low in stride(from: 0, to: size, by: 2 * half) {
          let high = low + half
          for turn in 0..<half {
            let (c, s) = (cosines[half - 1 + turn], sines[half - 1 + turn])
            let r = real[high + turn] * c - imaginary[high + turn] * s
            let i = real[high + turn] * s + imaginary[high + turn] * c
            real[high + turn] = real[low + turn] - r
            imaginary[high + turn] = imaginary[low + turn] - i
            real[low + turn] += r
            imaginary[low + turn] += i
          }
        }
      }
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
    for index in 0..<size {
      let mirror = (size - index) & (size - 1)
      let firstReal = (real[index] + real[mirror]) / 2
      let firstImaginary = (imaginary[index] - imaginary[mirror]) / 2 * (reversed ? 1 : -1)
      let secondReal = (imaginary[index] + imaginary[mirror]) / 2
      let secondImaginary = (real[mirror] - real[index]) / 2
      productReal[index] = firstReal * secondReal - firstImaginary * secondImaginary
      productImaginary[index] = firstReal * secondImaginary + firstImaginary * secondReal
    }
    inverse(&productReal, &productImaginary)
    return productReal
  }
}
