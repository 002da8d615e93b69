import CVector
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
    samples.withUnsafeBufferPointer { samples in
      if let first = samples.baseAddress { window(first + from, used, turn.cosines, into: &real) }
    }
    fft.forward(&real, &imaginary)
    let peak = peak(real, imaginary, bins: fft.size / 2)
    return refined(Double(peak) / Double(fft.size), step: 0.5 / Double(fft.size), samples)
  }

  /// Hann's window.
  private static func window(
    _ samples: UnsafePointer<Double>, _ count: Int, _ cosines: UnsafePointer<Double>,
    into windowed: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    while index < count {
      let hann = 0.5 - 0.5 * cosines[index]
      windowed[index] = Float(samples[index] * hann)
      index += 1
    }
  }

  private static func peak(_ real: UnsafePointer<Float>, _ imaginary: UnsafePointer<Float>, bins: Int) -> Int {
    var (peak, most) = (1, Float(0))
    var bin = 1
    while bin < bins {
      let power = real[bin] * real[bin] + imaginary[bin] * imaginary[bin]
      if power > most { (peak, most) = (bin, power) }
      bin += 1
    }
    return peak
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
      return power(sums, sums.count, slow.cosines, slow.sines)
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

  private static func power(
    _ sums: UnsafePointer<(re: Double, im: Double)>, _ count: Int, _ cosines: UnsafePointer<Double>,
    _ sines: UnsafePointer<Double>
  ) -> Double {
    var (re, im) = (0.0, 0.0)
    var index = 0
    while index < count {
      re += sums[index].re * cosines[index] + sums[index].im * sines[index]
      im += sums[index].im * cosines[index] - sums[index].re * sines[index]
      index += 1
    }
    return re * re + im * im
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

    func subtract(from samples: inout [Double]) { subtract(from: &samples, samples.count, wave.cosines, wave.sines) }

    private func subtract(
      from samples: UnsafeMutablePointer<Double>, _ count: Int, _ cosines: UnsafePointer<Double>,
      _ sines: UnsafePointer<Double>
    ) {
      var index = 0
      while index < count {
        samples[index] -= a * cosines[index] + b * sines[index]
        index += 1
      }
    }
  }

  /// Sum of products, eight at a time, so that no addition waits for the one before.
  static func product(_ one: [Double], _ two: [Double], _ frames: Range<Int>? = nil) -> Double {
    let frames = frames ?? 0..<one.count
    precondition(frames.upperBound <= min(one.count, two.count))
    return sum(one, two, from: frames.lowerBound, to: frames.upperBound)
  }

  private static func sum(_ one: UnsafePointer<Double>, _ two: UnsafePointer<Double>, from: Int, to end: Int) -> Double
  {
    var sums = SIMD8<Double>()
    var index = from
    while index + 8 <= end {
      sums = cvector_add_double_products(sums, one + index, two + index)
      index += 8
    }
    var sum = cvector_double_sum(sums)
    while index < end {
      sum += one[index] * two[index]
      index += 1
    }
    return sum
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
        var (c, s) = (SIMD8<Double>(), SIMD8<Double>())
        var index = 0
        while index < room, let cosines = cosines.baseAddress, let sines = sines.baseAddress {
          if index % Self.stretch == 0 { (c, s) = Self.eight(from: index, turns) }
          cvector_store(cosines + index, c)
          cvector_store(sines + index, s)
          (c, s) = (cvector_turn(c, s, stepCos, stepSin), cvector_turn(s, c, stepCos, -stepSin))
          index += 8
        }
        filled = count
      }
      filled = count
    }
    self.sines = sines
  }

  private static func eight(from index: Int, _ turns: Double) -> (SIMD8<Double>, SIMD8<Double>) {
    var (c, s) = (SIMD8<Double>(), SIMD8<Double>())
    for lane in 0..<8 {
      let angle = (Double(index + lane) * turns).truncatingRemainder(dividingBy: 1) * 2 * Double.pi
      (c[lane], s[lane]) = (cos(angle), sin(angle))
    }
    return (c, s)
  }
}
