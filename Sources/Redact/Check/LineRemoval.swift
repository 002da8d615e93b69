import Foundation

/// Takes steady tones out of a sound, so that what lies under a bip shows.
enum LineRemoval {
  private static let mostLines = 6
  /// Samples from which the frequency of a tone is first read.
  private static let longest = 16_384
  private static let longFFT = FFT(atLeast: longest)

  /// - Parameter samples: one channel, at least 64 samples, otherwise they stay as they are.
  static func withoutTones(_ samples: [Float]) -> [Float] {
    guard samples.count >= 64 else { return samples }
    var rest = samples.map(Double.init)
    let all = product(rest, rest)
    var energy = all
    for _ in 0..<mostLines {
      guard energy > 1e-9 * Double(rest.count) else { break }
      let line = Line(fitting: rest, turns: strongest(rest))
      // What is no tone stays: speech has no single line with half of its energy.
      guard line.energy > 0.5 * energy || line.energy > 0.02 * all else { break }
      line.subtract(from: &rest)
      energy = product(rest, rest)
    }
    return rest.map(Float.init)
  }

  /// In turns a sample: the highest peak of the spectrum, then refined to where a line explains most.
  static func strongest(_ samples: [Double]) -> Double {
    let fft = samples.count > longest / 2 ? longFFT : FFT(atLeast: samples.count)
    let used = min(samples.count, fft.size)
    let from = (samples.count - used) / 2
    let turn = Wave(count: used, turns: 1 / Double(used))
    var real = [Float](repeating: 0, count: fft.size)
    var imaginary = real
    // Hann's window.
    for index in 0..<used {
      let hann = 0.5 - 0.5 * turn.cosines[index]
      real[index] = Float(samples[from + index] * hann)
    }
    fft.forward(&real, &imaginary)
    var (peak, most) = (1, Float(0))
    for bin in 1..<(fft.size / 2) {
      let power = real[bin] * real[bin] + imaginary[bin] * imaginary[bin]
      if power > most { (peak, most) = (bin, power) }
    }
    return refined(Double(peak) / Double(fft.size), step: 0.5 / Double(fft.size), samples)
  }

  /// The frequency near `turns` where most of the line comes together: of sums over short stretches, brought down by
  /// `turns`, because what is left to find turns slowly.
  private static func refined(_ turns: Double, step: Double, _ samples: [Double]) -> Double {
    let stretch = 128
    let wave = Wave(count: samples.count, turns: turns)
    let sums = stride(from: 0, to: samples.count, by: stretch).map { start in
      let frames = start..<min(samples.count, start + stretch)
      return (re: product(samples, wave.cosines, frames), im: -product(samples, wave.sines, frames))
    }
    let strength = { (offset: Double) -> Double in
      let slow = Wave(count: sums.count, turns: offset * Double(stretch))
      var (re, im) = (0.0, 0.0)
      for (index, sum) in sums.enumerated() {
        re += sum.re * slow.cosines[index] + sum.im * slow.sines[index]
        im += sum.im * slow.cosines[index] - sum.re * slow.sines[index]
      }
      return re * re + im * im
    }
    var (offset, best, step) = (0.0, strength(0), step)
    while step > 0.002 / Double(samples.count) {
      for candidate in [offset - step, offset + step] {
        let here = strength(candidate)
        if here > best { (offset, best) = (candidate, here) }
      }
      step /= 2
    }
    return turns + offset
  }

  /// `a cos + b sin`, by least squares.
  private struct Line {
    let a, b, energy: Double
    private let wave: Wave

    init(fitting samples: [Double], turns: Double) {
      wave = Wave(count: samples.count, turns: turns)
      let (cc, ss) = (product(wave.cosines, wave.cosines), product(wave.sines, wave.sines))
      let cs = product(wave.cosines, wave.sines)
      let (xc, xs) = (product(samples, wave.cosines), product(samples, wave.sines))
      let determinant = cc * ss - cs * cs
      let isSingular = abs(determinant) < 1e-9
      a = isSingular ? 0 : (xc * ss - xs * cs) / determinant
      b = isSingular ? 0 : (xs * cc - xc * cs) / determinant
      energy = a * xc + b * xs
    }

    func subtract(from samples: inout [Double]) {
      for index in samples.indices { samples[index] -= a * wave.cosines[index] + b * wave.sines[index] }
    }
  }

  /// Sum of products, eight at a time, so that no addition waits for the one before.
  static func product(_ one: [Double], _ two: [Double], _ frames: Range<Int>? = nil) -> Double {
    let frames = frames ?? one.indices
    let whole = frames.lowerBound + frames.count / 8 * 8
    return one.withUnsafeBytes { one in
      two.withUnsafeBytes { two in
        var sums = SIMD8<Double>.zero
        for index in stride(from: frames.lowerBound, to: whole, by: 8) {
          let factors = one.loadUnaligned(fromByteOffset: index * 8, as: SIMD8<Double>.self)
          sums += factors * two.loadUnaligned(fromByteOffset: index * 8, as: SIMD8<Double>.self)
        }
        var sum = sums.sum()
        for index in whole..<frames.upperBound {
          let factor = one.load(fromByteOffset: index * 8, as: Double.self)
          sum += factor * two.load(fromByteOffset: index * 8, as: Double.self)
        }
        return sum
      }
    }
  }
}

/// Cosine and sine of a steady tone, by rotation, started anew now and then so that no error adds up.
struct Wave {
  let cosines, sines: [Double]
  private static let stretch = 1_024

  init(count: Int, turns: Double) {
    let (stepCos, stepSin) = (cos(2 * Double.pi * 8 * turns), sin(2 * Double.pi * 8 * turns))
    let room = (count + 7) / 8 * 8
    var sines: [Double] = []
    cosines = [Double](unsafeUninitializedCapacity: room) { cosines, filled in
      sines = [Double](unsafeUninitializedCapacity: room) { sines, filled in
        let (cosines, sines) = (UnsafeMutableRawBufferPointer(cosines), UnsafeMutableRawBufferPointer(sines))
        var (c, s) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        for index in stride(from: 0, to: room, by: 8) {
          if index % Self.stretch == 0 {
            for lane in 0..<8 {
              let angle = (Double(index + lane) * turns).truncatingRemainder(dividingBy: 1) * 2 * Double.pi
              (c[lane], s[lane]) = (cos(angle), sin(angle))
            }
          }
          cosines.storeBytes(of: c, toByteOffset: index * 8, as: SIMD8<Double>.self)
          sines.storeBytes(of: s, toByteOffset: index * 8, as: SIMD8<Double>.self)
          (c, s) = (c * stepCos - s * stepSin, s * stepCos + c * stepSin)
        }
        filled = count
      }
      filled = count
    }
    self.sines = sines
  }
}
