import Foundation

/// The transform of a real sound by a complex one of half its size, which takes its samples in pairs.
struct RealFFT {
  let size: Int
  private let half: FFT
  /// Of the turns that put the halves together.
  private let cosines, sines: [Float]

  /// - Parameter atLeast: rounded up to a power of two, 4 or more.
  init(atLeast: Int) {
    half = FFT(atLeast: (max(4, atLeast) + 1) / 2)
    size = 2 * half.size
    let angles = (0..<half.size).map { [half] in -Double.pi * Double($0) / Double(half.size) }
    cosines = angles.map { Float(cos($0)) }
    sines = angles.map { Float(sin($0)) }
  }

  /// - Parameters:
  ///   - even: the samples 0, 2, 4 and so on, ``size``/2 of them; used up.
  ///   - odd: the others.
  /// - Returns: the energy at each frequency below half of the sampling rate but the lowest, where it is 0.
  func powers(_ even: inout [Float], _ odd: inout [Float]) -> [Float] {
    half.forward(&even, &odd)
    var powers = [Float](repeating: 0, count: half.size)
    join(even, odd, cosines, sines, into: &powers)
    return powers
  }

  private func join(
    _ real: UnsafePointer<Float>, _ imaginary: UnsafePointer<Float>, _ cosines: UnsafePointer<Float>,
    _ sines: UnsafePointer<Float>, into powers: UnsafeMutablePointer<Float>
  ) {
    var bin = 1
    while bin < half.size {
      let mirror = half.size - bin
      let evenReal = real[bin] + real[mirror]
      let evenImaginary = imaginary[bin] - imaginary[mirror]
      let oddReal = imaginary[bin] + imaginary[mirror]
      let oddImaginary = real[mirror] - real[bin]
      let re = evenReal + cosines[bin] * oddReal - sines[bin] * oddImaginary
      let im = evenImaginary + cosines[bin] * oddImaginary + sines[bin] * oddReal
      powers[bin] = (re * re + im * im) / 4
      bin += 1
    }
  }
}
