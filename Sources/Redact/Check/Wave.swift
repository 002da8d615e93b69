import CVector
import Foundation

/// Cosine and sine of a steady tone, eight samples at a time: by rotation, started anew now and then so that no error
/// adds up.
struct Turning {
  private static let stretch = 1_024

  private(set) var cosines = SIMD8<Double>()
  private(set) var sines = SIMD8<Double>()
  private let turns, stepCos, stepSin: Double
  /// Of the eight, beside the first.
  private var laneCos = SIMD8<Double>()
  private var laneSin = SIMD8<Double>()
  private var index = 0

  /// - Parameter turns: a sample.
  init(_ turns: Double) {
    self.turns = turns
    (stepCos, stepSin) = (cos(2 * Double.pi * 8 * turns), sin(2 * Double.pi * 8 * turns))
    for lane in 0..<8 {
      let angle = 2 * Double.pi * Double(lane) * turns
      (laneCos[lane], laneSin[lane]) = (cos(angle), sin(angle))
    }
    start()
  }

  /// To the next eight.
  mutating func advance() {
    index += 8
    if index & (Self.stretch - 1) == 0 { return start() }
    (cosines, sines) = (
      cvector_turn(cosines, sines, stepCos, stepSin), cvector_turn(sines, cosines, stepCos, -stepSin)
    )
  }

  private mutating func start() {
    let angle = (Double(index) * turns).truncatingRemainder(dividingBy: 1) * 2 * Double.pi
    let (c, s) = (cos(angle), sin(angle))
    (cosines, sines) = (cvector_turn(laneCos, laneSin, c, s), cvector_turn(laneSin, laneCos, c, -s))
  }
}

/// The same for many samples.
struct Wave {
  let cosines, sines: [Double]

  init(count: Int, turns: Double) {
    let room = (count + 7) / 8 * 8
    var sines: [Double] = []
    cosines = [Double](unsafeUninitializedCapacity: room) { cosines, filled in
      sines = [Double](unsafeUninitializedCapacity: room) { sines, filled in
        var (index, wave) = (0, Turning(turns))
        while index < room, let cosines = cosines.baseAddress, let sines = sines.baseAddress {
          cvector_store(cosines + index, wave.cosines)
          cvector_store(sines + index, wave.sines)
          wave.advance()
          index += 8
        }
        filled = count
      }
      filled = count
    }
    self.sines = sines
  }
}

/// Sums of products of a sound with cosine and sine of a tone, and of these with each other. The tone is made as it is
/// needed: kept, it would be too long for a cache, and reading it would take longer than all else.
struct LineSums {
  private(set) var cc = 0.0, ss = 0.0, cs = 0.0, xc = 0.0, xs = 0.0

  init(of samples: [Double], turns: Double) { add(samples, samples.count, Turning(turns)) }

  private mutating func add(_ samples: UnsafePointer<Double>, _ count: Int, _ start: Turning) {
    var (index, wave) = (0, start)
    var (cc8, ss8, cs8) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
    var (xc8, xs8) = (SIMD8<Double>(), SIMD8<Double>())
    while index + 8 <= count {
      let (x, c, s) = (cvector_load_doubles(samples + index), wave.cosines, wave.sines)
      cc8 = cvector_add_eight_products(cc8, c, c)
      ss8 = cvector_add_eight_products(ss8, s, s)
      cs8 = cvector_add_eight_products(cs8, c, s)
      xc8 = cvector_add_eight_products(xc8, x, c)
      xs8 = cvector_add_eight_products(xs8, x, s)
      wave.advance()
      index += 8
    }
    (cc, ss, cs) = (cvector_double_sum(cc8), cvector_double_sum(ss8), cvector_double_sum(cs8))
    (xc, xs) = (cvector_double_sum(xc8), cvector_double_sum(xs8))
    for lane in 0..<(count - index) { add(samples[index + lane], wave.cosines[lane], wave.sines[lane]) }
  }

  private mutating func add(_ x: Double, _ c: Double, _ s: Double) {
    cc += c * c
    ss += s * s
    cs += c * s
    xc += x * c
    xs += x * s
  }

  /// For each `length` samples, a multiple of 8, the sums of products with the cosine and with the opposite of the sine.
  static func stretches(of length: Int, _ samples: [Double], turns: Double) -> [(re: Double, im: Double)] {
    var sums: [(re: Double, im: Double)] = []
    sums.reserveCapacity(samples.count / length + 1)
    samples.withUnsafeBufferPointer { samples in
      var (index, wave) = (0, Turning(turns))
      while index < samples.count, let first = samples.baseAddress {
        sums.append(stretch(first + index, min(length, samples.count - index), &wave))
        index += length
      }
    }
    return sums
  }

  private static func stretch(
    _ samples: UnsafePointer<Double>, _ count: Int, _ wave: inout Turning
  ) -> (re: Double, im: Double) {
    var (index, xc, xs) = (0, SIMD8<Double>(), SIMD8<Double>())
    while index + 8 <= count {
      let x = cvector_load_doubles(samples + index)
      xc = cvector_add_eight_products(xc, x, wave.cosines)
      xs = cvector_add_eight_products(xs, x, wave.sines)
      wave.advance()
      index += 8
    }
    var (re, im) = (cvector_double_sum(xc), cvector_double_sum(xs))
    for lane in 0..<(count - index) {
      re += samples[index + lane] * wave.cosines[lane]
      im += samples[index + lane] * wave.sines[lane]
    }
    return (re, -im)
  }
}
