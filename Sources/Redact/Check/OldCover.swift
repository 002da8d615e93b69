import Foundation

/// Where an original holds a steady tone or steady noise and nothing else: there it was covered before, and nothing is
/// left to leak. A new cover is like the old one, often to the last bit.
struct OldCover {
  private let hertz: Int
  private let samples: [Float]
  private let stretch: Range<Int>

  /// - Parameters:
  ///   - samples: one channel of the original.
  ///   - stretch: of them, what is compared; what is around it is not looked at.
  init(hertz: Int, _ samples: [Float], stretch: Range<Int>) {
    (self.hertz, self.samples, self.stretch) = (hertz, samples, stretch)
  }

  /// A few periods of a voice can pass for a tone, and a short hiss for noise: a short window must lie in a longer
  /// stretch of it, and be of that one.
  func isAll(of window: Range<Int>) -> Bool {
    surroundings(of: window, Thresholds.steadyTone).contains { isTone($0, window) }
      || surroundings(of: window, Thresholds.steadyNoise).contains(where: isNoise)
  }

  /// As much of `frames` as is left without old cover at its ends.
  func trimmed(_ frames: Range<Int>) -> Range<Int> {
    let step = Int(Thresholds.steadyTone * Double(hertz))
    var frames = frames
    while frames.count > step, isAll(of: (frames.upperBound - step)..<frames.upperBound) {
      frames = frames.lowerBound..<(frames.upperBound - step)
    }
    while frames.count > step, isAll(of: frames.lowerBound..<(frames.lowerBound + step)) {
      frames = (frames.lowerBound + step)..<frames.upperBound
    }
    return frames
  }

  /// Of so many seconds, or as long as `window` if that is longer.
  private func surroundings(of window: Range<Int>, _ seconds: Double) -> [Range<Int>] {
    let length = min(stretch.count, max(window.count, Int(seconds * Double(hertz))))
    let starts = [window.lowerBound, window.upperBound - length, window.lowerBound - (length - window.count) / 2]
    return starts.map { start in
      let start = min(max(start, stretch.lowerBound), stretch.upperBound - length)
      return start..<(start + length)
    }
  }

  // MARK: Tone

  private func isTone(_ around: Range<Int>, _ window: Range<Int>) -> Bool {
    let turns = LineRemoval.strongest(samples[around].map(Double.init))
    return besides(turns, around) <= Thresholds.besideTone
      && (around == window || besides(turns, window) <= Thresholds.besideShortTone)
  }

  /// How much of the energy of `frames` no tone explains that turns so often a sample, swelling and fading as it may.
  private func besides(_ turns: Double, _ frames: Range<Int>) -> Double {
    var (all, rest) = (0.0, 0.0)
    for part in parts(of: frames, seconds: 0.01) {
      all += Self.product(part, part)
      rest += Self.energy(of: part, besides: turns)
    }
    return all > 0 ? rest / all : 1
  }

  /// Takes out sine and cosine, each constant, rising and bent, by Gram and Schmidt.
  private static func energy(of samples: [Double], besides turns: Double) -> Double {
    var rest = samples
    var waves: [[Double]] = []
    for (power, quarter) in [(0.0, 0.0), (0, 0.25), (1, 0), (1, 0.25), (2, 0), (2, 0.25)] {
      var wave = wave(samples.count, turns: turns, quarter, power: power)
      for other in waves { subtract(other, from: &wave, product(wave, other)) }
      let length = product(wave, wave).squareRoot()
      guard length > 1e-6 else { continue }
      wave = wave.map { $0 / length }
      subtract(wave, from: &rest, product(rest, wave))
      waves.append(wave)
    }
    return product(rest, rest)
  }

  private static func wave(_ count: Int, turns: Double, _ quarter: Double, power: Double) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { wave, filled in
      var index = 0
      while index < count {
        let along = 2 * Double(index) / Double(count) - 1
        let angle = 2 * Double.pi * (turns * Double(index) + quarter)
        wave[index] = pow(along, power) * cos(angle)
        index += 1
      }
      filled = count
    }
  }

  // MARK: Noise

  /// As loud all the time, and at all frequencies. At an end there may be nothing, as noise fades in or out next to it.
  private func isNoise(_ frames: Range<Int>) -> Bool {
    guard frames.count >= Int(Thresholds.steadyNoise * Double(hertz)) else { return false }
    let parts = parts(of: frames, seconds: 0.005)
    let energies = parts.map { Self.product($0, $0) }
    let usual = energies.sorted()[energies.count / 2]
    let isNothing = { (energy: Double) in energy < Thresholds.besideNoise * usual }
    let heard = energies.drop(while: isNothing).reversed().drop(while: isNothing)
    let range = (2 * usual / Thresholds.noiseSpread)...(usual * Thresholds.noiseSpread / 2)
    guard 2 * heard.count > energies.count, heard.allSatisfy({ $0 <= range.upperBound }),
      heard.dropFirst().dropLast().allSatisfy(range.contains)
    else { return false }
    let bands = bands(of: parts)
    return (bands.max() ?? 0) < Thresholds.noiseSpread * (bands.min() ?? 0)
  }

  /// The energy in each of ``Thresholds/noiseBands`` that the rate has.
  private func bands(of parts: [[Double]]) -> [Double] {
    let fft = FFT(atLeast: parts.map(\.count).max() ?? 2)
    var power = [Double](repeating: 0, count: fft.size / 2)
    for part in parts {
      var real = part.map(Float.init) + [Float](repeating: 0, count: fft.size - part.count)
      var imaginary = [Float](repeating: 0, count: fft.size)
      fft.forward(&real, &imaginary)
      for bin in power.indices { power[bin] += Double(real[bin] * real[bin] + imaginary[bin] * imaginary[bin]) }
    }
    let perBin = Double(hertz) / Double(fft.size)
    let width = Thresholds.noiseBand
    return Thresholds.noiseBands.filter { $0 + width < 0.4 * Double(hertz) }.map { from in
      power[Int(from / perBin)..<Int((from + width) / perBin)].reduce(0, +)
    }
  }

  // MARK: Arithmetic

  private func parts(of frames: Range<Int>, seconds: Double) -> [[Double]] {
    let count = max(1, frames.count / max(1, Int(seconds * Double(hertz))))
    return (0..<count).map { index in
      let (from, to) = (frames.count * index / count, frames.count * (index + 1) / count)
      return samples[(frames.lowerBound + from)..<(frames.lowerBound + to)].map(Double.init)
    }
  }

  private static func product(_ one: [Double], _ two: [Double]) -> Double { LineRemoval.product(one, two) }

  private static func subtract(_ wave: [Double], from samples: inout [Double], _ amount: Double) {
    subtract(wave, from: &samples, samples.count, amount)
  }

  private static func subtract(
    _ wave: UnsafePointer<Double>, from samples: UnsafeMutablePointer<Double>, _ count: Int, _ amount: Double
  ) {
    var index = 0
    while index < count {
      samples[index] -= amount * wave[index]
      index += 1
    }
  }
}
