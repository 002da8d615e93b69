import Foundation

/// A discrete Fourier transform of a power-of-two size, after Cooley and Tukey: radix 2, in place.
struct FFT {
  let size: Int
  private let cosines: [Float]
  private let sines: [Float]

  /// - Parameter atLeast: rounded up to a power of two, 2 or more.
  init(atLeast: Int) {
    var size = 2
    while size < atLeast { size *= 2 }
    self.size = size
    let angles = (0..<(size / 2)).map { -2 * Double.pi * Double($0) / Double(size) }
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
    let step = size / (2 * half)
    cosines.withUnsafeBufferPointer { cosines in
      sines.withUnsafeBufferPointer { sines in
        var block = 0
        while block < size {
          var low = block
          var turn = 0
          while low < block + half {
            let high = low + half
            let c = cosines[turn]
            let s = sines[turn]
            let r = real[high] * c - imaginary[high] * s
            let i = real[high] * s + imaginary[high] * c
            real[high] = real[low] - r
            imaginary[high] = imaginary[low] - i
            real[low] += r
            imaginary[low] += i
            low += 1
            turn += step
          }
          block += 2 * half
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
