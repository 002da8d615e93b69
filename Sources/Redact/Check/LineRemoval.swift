import CVector
import Foundation

/// Takes steady tones out of a sound, so that what lies under a bip shows.
enum LineRemoval {
  private static let mostLines = 6
  /// Samples from which the frequency of a tone is first read.
  private static let longest = 16_384
  private static let longFFT = RealFFT(atLeast: longest)
  private static let longWave = Wave(count: longest, turns: 1 / Double(longest))

  /// Samples in which a tone is looked for that is not there from beginning to end.
  private static let shortest = 4_096
  /// Of the energy of a sound, what may be left of a tone that is.
  private static let remainder = 0.01

  /// - Parameter samples: one channel.
  /// - Returns: the sound without tones that go through all of it; where much is left, also without those that go through
  ///   parts of it.
  static func withoutTones(_ samples: [Float]) -> [[Float]] {
    guard samples.count >= 64 else { return [] }
    let (rest, all, left) = taken(from: samples[...])
    let isMuch = left > remainder * all && left > 1e-9 * Double(samples.count)
    guard samples.count >= 2 * shortest, isMuch else { return [rest] }
    let parts = samples.count / shortest
    let ends = (0...parts).map { $0 * samples.count / parts }
    return [rest, zip(ends, ends.dropFirst()).flatMap { taken(from: samples[$0..<$1]).rest }]
  }

  /// - Returns: also the energy before and after.
  private static func taken(from samples: ArraySlice<Float>) -> (rest: [Float], all: Double, left: Double) {
    var rest = samples.withUnsafeBufferPointer(doubles)
    let all = product(rest, rest)
    var energy = all
    for _ in 0..<mostLines {
      guard energy > 1e-9 * Double(rest.count) else { break }
      let line = Line(fitting: rest, turns: strongest(rest))
      // What is no tone stays: speech has no single line with half of its energy.
      guard line.energy > 0.5 * energy || line.energy > 0.02 * all else { break }
      energy = line.subtract(from: &rest)
    }
    return (rest.withUnsafeBufferPointer(floats), all, energy)
  }

  private static func doubles(_ numbers: UnsafeBufferPointer<Float>) -> [Double] {
    [Double](unsafeUninitializedCapacity: numbers.count) { doubles, count in
      count = numbers.count
      var index = 0
      while index < numbers.count {
        doubles[index] = Double(numbers[index])
        index &+= 1
      }
    }
  }

  private static func floats(_ numbers: UnsafeBufferPointer<Double>) -> [Float] {
    [Float](unsafeUninitializedCapacity: numbers.count) { floats, count in
      count = numbers.count
      var index = 0
      while index < numbers.count {
        floats[index] = Float(numbers[index])
        index &+= 1
      }
    }
  }

  /// In turns a sample: the highest peak of the spectrum, then refined to where a line explains most.
  static func strongest(_ samples: [Double]) -> Double {
    let fft = samples.count > longest / 2 ? longFFT : RealFFT(atLeast: samples.count)
    let used = min(samples.count, fft.size)
    let from = (samples.count - used) / 2
    let wave = used == longest ? longWave : Wave(count: used, turns: 1 / Double(used))
    var even = [Float](repeating: 0, count: fft.size / 2)
    var odd = even
    samples.withUnsafeBufferPointer { samples in
      if let first = samples.baseAddress { window(first + from, used, wave.cosines, into: &even, &odd) }
    }
    let powers = fft.powers(&even, &odd)
    return refined(Double(peak(powers, powers.count)) / Double(fft.size), step: 0.5 / Double(fft.size), samples)
  }

  /// Hann's window.
  private static func window(
    _ samples: UnsafePointer<Double>, _ count: Int, _ cosines: UnsafePointer<Double>,
    into even: UnsafeMutablePointer<Float>, _ odd: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    while index < count {
      even[index >> 1] = Float(samples[index] * (0.5 - 0.5 * cosines[index]))
      if index + 1 < count { odd[index >> 1] = Float(samples[index + 1] * (0.5 - 0.5 * cosines[index + 1])) }
      index += 2
    }
  }

  private static func peak(_ powers: UnsafePointer<Float>, _ count: Int) -> Int {
    var (peak, most) = (1, Float(0))
    var bin = 1
    while bin < count {
      if powers[bin] > most { (peak, most) = (bin, powers[bin]) }
      bin += 1
    }
    return peak
  }

  /// The frequency near `turns` where most of the line comes together: of sums over short stretches, brought down by
  /// `turns`, because what is left to find turns slowly.
  private static func refined(_ turns: Double, step: Double, _ samples: [Double]) -> Double {
    let stretch = 128
    let sums = LineSums.stretches(of: stretch, samples, turns: turns)
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
    return turns + offset + top(strength(offset - step), best, strength(offset + step)) * step
  }

  /// Where a parabola through three points, a step apart, has its top, in steps from the midst: so near the frequency that
  /// nothing of the tone is left, which would have to be taken for another one.
  private static func top(_ before: Double, _ here: Double, _ behind: Double) -> Double {
    let bend = before - 2 * here + behind
    return bend < 0 ? max(-1, min(1, (before - behind) / (2 * bend))) : 0
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
    let turns, a, b, energy: Double

    init(fitting samples: [Double], turns: Double) {
      self.turns = turns
      let sums = LineSums(of: samples, turns: turns)
      let determinant = sums.cc * sums.ss - sums.cs * sums.cs
      let isSingular = abs(determinant) < 1e-9
      a = isSingular ? 0 : (sums.xc * sums.ss - sums.xs * sums.cs) / determinant
      b = isSingular ? 0 : (sums.xs * sums.cc - sums.xc * sums.cs) / determinant
      energy = a * sums.xc + b * sums.xs
    }

    /// - Returns: the energy of what is left.
    func subtract(from samples: inout [Double]) -> Double {
      let count = samples.count
      return subtract(from: &samples, count, Turning(turns))
    }

    private func subtract(from samples: UnsafeMutablePointer<Double>, _ count: Int, _ start: Turning) -> Double {
      var (wave, energies) = (start, SIMD8<Double>())
      wave.advance(eights: count / 8) { cvector_subtract_line(samples + $0, $1, &$2, a, b, &energies) }
      var energy = cvector_double_sum(energies)
      for lane in 0..<(count % 8) {
        let index = count & ~7 + lane
        samples[index] -= a * wave.cosines[lane] + b * wave.sines[lane]
        energy += samples[index] * samples[index]
      }
      return energy
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
