import CVector
import Foundation

/// Cosine and sine of a steady tone, eight samples at a time: by rotation, started anew now and then so that no error
/// adds up.
struct Turning {
  private static let stretch = 1_024

  /// Laid out like `cvector_wave`.
  struct Lanes {
    fileprivate(set) var cosines = SIMD8<Double>()
    fileprivate(set) var sines = SIMD8<Double>()
    fileprivate var cosine = 0.0
    fileprivate var sine = 0.0

    fileprivate mutating func advance() {
      (cosines, sines) = (cvector_turn(cosines, sines, cosine, sine), cvector_turn(sines, cosines, cosine, -sine))
    }
  }

  private var wave = Lanes()
  private let turns: Double
  /// Of the eight, beside the first.
  private var laneCos = SIMD8<Double>()
  private var laneSin = SIMD8<Double>()
  private var index = 0

  /// - Parameter turns: a sample.
  init(_ turns: Double) {
    self.turns = turns
    (wave.cosine, wave.sine) = (cos(2 * Double.pi * 8 * turns), sin(2 * Double.pi * 8 * turns))
    for lane in 0..<8 {
      let angle = 2 * Double.pi * Double(lane) * turns
      (laneCos[lane], laneSin[lane]) = (cos(angle), sin(angle))
    }
    start()
  }

  var cosines: SIMD8<Double> { wave.cosines }
  var sines: SIMD8<Double> { wave.sines }

  /// - Parameters:
  ///   - eights: how many times eight samples are to be gone through.
  ///   - body: goes through some of them and turns the wave as far: given how many samples were before, and how many
  ///     times eight these are.
  @inline(__always)
  mutating func advance(eights: Int, _ body: (_ done: Int, _ eights: Int, _ wave: inout Lanes) -> Void) {
    var done = 0
    while done < 8 * eights {
      let count = min(8 * eights - done, Self.stretch - index & (Self.stretch - 1))
      body(done, count / 8, &wave)
      (done, index) = (done + count, index + count)
      if index & (Self.stretch - 1) == 0 { start() }
    }
  }

  private mutating func start() {
    let angle = (Double(index) * turns).truncatingRemainder(dividingBy: 1) * 2 * Double.pi
    let (c, s) = (cos(angle), sin(angle))
    (wave.cosines, wave.sines) = (cvector_turn(laneCos, laneSin, c, s), cvector_turn(laneSin, laneCos, c, -s))
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
        guard let cosines = cosines.baseAddress, let sines = sines.baseAddress else { return }
        var wave = Turning(turns)
        wave.advance(eights: room / 8) { done, eights, wave in
          for index in 0..<eights {
            cvector_store(cosines + (done + 8 * index), wave.cosines)
            cvector_store(sines + (done + 8 * index), wave.sines)
            wave.advance()
          }
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
  /// Laid out like `cvector_line`.
  private struct Lanes {
    var cc = SIMD8<Double>()
    var ss = SIMD8<Double>()
    var cs = SIMD8<Double>()
    var xc = SIMD8<Double>()
    var xs = SIMD8<Double>()
  }

  private(set) var cc, ss, cs, xc, xs: Double

  init(of samples: [Double], turns: Double) { self.init(samples, samples.count, Turning(turns)) }

  private init(_ samples: UnsafePointer<Double>, _ count: Int, _ start: Turning) {
    var (wave, sums) = (start, Lanes())
    wave.advance(eights: count / 8) { cvector_add_line(samples + $0, $1, &$2, &sums) }
    (cc, ss, cs) = (cvector_double_sum(sums.cc), cvector_double_sum(sums.ss), cvector_double_sum(sums.cs))
    (xc, xs) = (cvector_double_sum(sums.xc), cvector_double_sum(sums.xs))
    for lane in 0..<(count % 8) { add(samples[count & ~7 + lane], wave.cosines[lane], wave.sines[lane]) }
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
    var sums = Lanes()
    wave.advance(eights: count / 8) { cvector_add_line_products(samples + $0, $1, &$2, &sums) }
    var (re, im) = (cvector_double_sum(sums.xc), cvector_double_sum(sums.xs))
    for lane in 0..<(count % 8) {
      re += samples[count & ~7 + lane] * wave.cosines[lane]
      im += samples[count & ~7 + lane] * wave.sines[lane]
    }
    return (re, -im)
  }
}
