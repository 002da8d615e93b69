import Foundation

/// Takes steady tones out of a sound, so that what lies under a bip shows.
enum LineRemoval {
  private static let mostLines = 6

  /// - Parameter samples: one channel, at least 64 samples, otherwise they stay as they are.
  static func withoutTones(_ samples: [Float]) -> [Float] {
    guard samples.count >= 64 else { return samples }
    var rest = samples.map(Double.init)
    for _ in 0..<mostLines {
      let energy = rest.reduce(0) { $0 + $1 * $1 }
      guard energy > 1e-9 * Double(rest.count) else { break }
      let frequency = strongest(rest)
      let line = Line(fitting: rest, turns: frequency)
      // What is no tone stays: speech has no single line with half of its energy.
      guard line.energy > 0.5 * energy || line.energy > 0.02 * samples.reduce(0, { $0 + Double($1) * Double($1) })
      else {
        break
      }
      line.subtract(from: &rest)
    }
    return rest.map(Float.init)
  }

  /// In turns a sample: the highest peak of the spectrum, then refined to where a line explains most.
  private static func strongest(_ samples: [Double]) -> Double {
    let fft = FFT(atLeast: min(samples.count, 16_384))
    let used = min(samples.count, fft.size)
    let from = (samples.count - used) / 2
    var real = [Float](repeating: 0, count: fft.size)
    var imaginary = real
    for index in 0..<used {
      let hann = 0.5 - 0.5 * cos(2 * Double.pi * (Double(index) + 0.5) / Double(used))
      real[index] = Float(samples[from + index] * hann)
    }
    fft.forward(&real, &imaginary)
    let bins = 1..<(fft.size / 2)
    let peak = bins.max { left, right in
      real[left] * real[left] + imaginary[left] * imaginary[left]
        < real[right] * real[right] + imaginary[right] * imaginary[right]
    }
    return refined(Double(peak ?? 1) / Double(fft.size), step: 0.5 / Double(fft.size), samples)
  }

  /// The frequency near `turns` where most of the line comes together: of sums over short stretches, brought down by
  /// `turns`, because what is left to find turns slowly.
  private static func refined(_ turns: Double, step: Double, _ samples: [Double]) -> Double {
    let stretch = 128
    var sums = [(re: Double, im: Double)](repeating: (0, 0), count: samples.count / stretch + 1)
    Line.walk(samples.count, turns) { index, c, s in
      sums[index / stretch].re += samples[index] * c
      sums[index / stretch].im -= samples[index] * s
    }
    let strength = { (offset: Double) -> Double in
      var (re, im) = (0.0, 0.0)
      Line.walk(sums.count, offset * Double(stretch)) { index, c, s in
        re += sums[index].re * c + sums[index].im * s
        im += sums[index].im * c - sums[index].re * s
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
    let turns, a, b, energy: Double

    init(fitting samples: [Double], turns: Double) {
      var (cc, ss, cs, xc, xs) = (0.0, 0.0, 0.0, 0.0, 0.0)
      Line.walk(samples.count, turns) { index, c, s in
        cc += c * c
        ss += s * s
        cs += c * s
        xc += samples[index] * c
        xs += samples[index] * s
      }
      let determinant = cc * ss - cs * cs
      let isSingular = abs(determinant) < 1e-9
      self.turns = turns
      a = isSingular ? 0 : (xc * ss - xs * cs) / determinant
      b = isSingular ? 0 : (xs * cc - xc * cs) / determinant
      energy = a * xc + b * xs
    }

    func subtract(from samples: inout [Double]) {
      Line.walk(samples.count, turns) { index, c, s in samples[index] -= a * c + b * s }
    }

    /// Cosine and sine by rotation, started anew now and then so that no error adds up.
    static func walk(_ count: Int, _ turns: Double, _ body: (Int, Double, Double) -> Void) {
      let (stepCos, stepSin) = (cos(2 * Double.pi * turns), sin(2 * Double.pi * turns))
      var (c, s) = (1.0, 0.0)
      for index in 0..<count {
        if index % 1_024 == 0 {
          let angle = 2 * Double.pi * (turns * Double(index)).truncatingRemainder(dividingBy: 1)
          (c, s) = (cos(angle), sin(angle))
        }
        body(index, c, s)
        (c, s) = (c * stepCos - s * stepSin, s * stepCos + c * stepSin)
      }
    }
  }
}
