import PCM
import TestSupport
import Testing

@Suite struct KernelTests {
  /// Every tail of a vector, and a few longer ones.
  static let counts = Array(0...35) + [255, 256, 257, 1_000]

  @Test("the vector decoder gives the scalar's bits, at every alignment and tail", arguments: SampleEncoding.allCases)
  func decode(encoding: SampleEncoding) {
    var seeded = Seeded(1)
    for count in Self.counts {
      for shift in 0..<5 {
        let bytes = (0..<(count * encoding.bytesPerSample + shift)).map { _ in UInt8.random(in: 0...255, using: &seeded)
        }
        bytes.withUnsafeBytes { bytes in
          let part = UnsafeRawBufferPointer(rebasing: bytes[shift...])
          let one = filled(count) { ScalarKernels.decode(part, as: encoding, into: $0) }
          let two = filled(count) { VectorKernels.decode(part, as: encoding, into: $0) }
          #expect(one.map(\.bitPattern) == two.map(\.bitPattern))
        }
      }
    }
  }

  @Test("the vector encoder gives the scalar's bytes, with dither and without", arguments: SampleEncoding.allCases)
  func encode(encoding: SampleEncoding) {
    var seeded = Seeded(2)
    let edges: [Float] = [
      0, 1, -1, 2, -2, .infinity, -.infinity, .nan, 0.99999997, 1.5 / 32_768, 2.5 / 32_768, -0.5 / 32_768,
    ]
    for count in Self.counts {
      let samples = (0..<count).map { _ in
        Bool.random(using: &seeded)
          ? Float.random(in: -1.1...1.1, using: &seeded) : edges.randomElement(using: &seeded) ?? 0
      }
      for dither in [nil, Dither(firstSample: 12_345_678_901)] {
        #expect(
          bytes(of: samples, encoding, dither, ScalarKernels.self)
            == bytes(of: samples, encoding, dither, VectorKernels.self))
      }
    }
  }

  @Test(
    "what is decoded and encoded again is the same bytes", arguments: [SampleEncoding.uint8, .int16, .int24, .aLaw])
  func roundTrip(encoding: SampleEncoding) {
    let width = encoding.bytesPerSample
    let all: [UInt8] = (0..<(65_536 * width)).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 9) }
    let samples = all.withUnsafeBytes { source in
      filled(65_536) { Kernels.decode(source, as: encoding, into: $0) }
    }
    #expect(bytes(of: samples, encoding, nil, Kernels.self) == all)
  }

  @Test("µ-law keeps every code but the second zero")
  func muLaw() {
    let codes = (0...255).map { UInt8($0) }
    let samples = codes.withUnsafeBytes { source in filled(256) { Kernels.decode(source, as: .muLaw, into: $0) } }
    // 0x7f is minus zero, which 16-bit linear does not know.
    #expect(bytes(of: samples, .muLaw, nil, Kernels.self) == codes.map { $0 == 0x7f ? 0xff : $0 })
  }

  @Test("past full scale is clamped, never wrapped", arguments: [SampleEncoding.int16, .int24, .int32])
  func clamps(encoding: SampleEncoding) {
    let back = bytes(of: [1, 7, -1, -7], encoding, Dither(firstSample: 3), Kernels.self).withUnsafeBytes { source in
      filled(4) { Kernels.decode(source, as: encoding, into: $0) }
    }
    #expect(back[0] > 0.9999 && back[1] > 0.9999 && back[2] < -0.9999 && back[3] < -0.9999)
  }

  @Test("dither is triangular: within a step, mean 0, variance 1/6")
  func ditherIsTriangular() {
    let steps = (0..<20_000).map { Double(Dither.steps(at: $0)) }
    #expect(steps.allSatisfy { abs($0) < 1 })
    #expect(abs(steps.reduce(0, +) / 20_000) < 0.01)
    #expect(abs(steps.reduce(0) { $0 + $1 * $1 } / 20_000 - 1.0 / 6) < 0.005)
  }

  @Test("sums, peaks and finiteness agree between the twins over every tail")
  func measures() {
    var seeded = Seeded(3)
    for count in Self.counts {
      var samples = (0..<count).map { _ in Float.random(in: -1...1, using: &seeded) }
      samples.withUnsafeBufferPointer {
        #expect(ScalarKernels.peak($0) == VectorKernels.peak($0))
        #expect(abs(ScalarKernels.sumOfSquares($0) - VectorKernels.sumOfSquares($0)) <= 1e-5 * Double(count + 1))
        #expect(VectorKernels.allFinite($0))
      }
      for index in samples.indices {
        let kept = samples[index]
        samples[index] = index.isMultiple(of: 2) ? .nan : -.infinity
        #expect(samples.withUnsafeBufferPointer { !VectorKernels.allFinite($0) })
        samples[index] = kept
      }
    }
  }

  @Test("the fills agree between the twins, on any number of channels", arguments: 1...8)
  func fills(channels: Int) throws {
    let table = ToneTable(rate: try #require(SampleRate(hertz: 44_100)), level: 0.1)
    let gains = Fade.rising(count: 700)
    for start in [Int64(0), 1, 575, 576, 4_000_000_000] {
      let count = 700 * channels
      let at = FramePosition(start)
      #expect(
        filled(count) { ScalarKernels.tone(table, from: at, channels: channels, into: $0) }
          == filled(count) { VectorKernels.tone(table, from: at, channels: channels, into: $0) })
      let noise = filled(count) { ScalarKernels.noise(level: 0.1, from: at, channels: channels, into: $0) }
      #expect(noise == filled(count) { VectorKernels.noise(level: 0.1, from: at, channels: channels, into: $0) })
      let (one, two) = (
        faded(noise, channels, gains, ScalarKernels.self), faded(noise, channels, gains, VectorKernels.self)
      )
      #expect(one == two)
      #expect(noise.allSatisfy { abs($0) <= 0.1 })
    }
  }

  @Test("interleaving and back is the same samples", arguments: 1...8)
  func interleaving(channels: Int) {
    let samples = (0..<(channels * 37)).map { Float($0) }
    let planes = (0..<channels).map { _ in UnsafeMutableBufferPointer<Float>.allocate(capacity: 37) }
    defer { planes.forEach { $0.deallocate() } }
    planes.forEach { $0.initialize(repeating: 0) }
    samples.withUnsafeBufferPointer { VectorKernels.deinterleave($0, into: planes) }
    #expect(planes[channels - 1][36] == samples[channels * 37 - 1])
    #expect(filled(samples.count) { VectorKernels.interleave(planes.map { .init($0) }, into: $0) } == samples)
    #expect(filled(samples.count) { ScalarKernels.interleave(planes.map { .init($0) }, into: $0) } == samples)
  }

  @Test("the tone's period divides an MP3 granule", arguments: [(48_000, 1_000.0), (44_100, 995.3), (8_000, 1_000.0)])
  func tonePitch(hertz: Int, expected: Double) throws {
    let table = ToneTable(rate: try #require(SampleRate(hertz: hertz)), level: 0.1)
    #expect(abs(table.hertz - expected) < 0.05)
    #expect(abs((table.samples.max() ?? 0) - 0.1) < 0.001)
  }

  @Test("a fade rises evenly between 0 and 1, and falls the same way")
  func fades() {
    let rising = Fade.rising(count: 240)
    #expect(rising.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(zip(rising, rising.dropFirst()).allSatisfy { $0 < $1 })
    #expect(Fade.falling(count: 240) == rising.reversed())
    #expect(abs(rising[119] + rising[120] - 1) < 1e-6)
  }

  /// Larger outputs than the caches are written around them, from aligned places and others.
  @Test(
    "what exceeds the caches is the same as its pieces", arguments: [SampleEncoding.int16, .int24, .int32, .float32])
  func large(encoding: SampleEncoding) {
    let width = encoding.bytesPerSample
    let count = (5 << 20) / width + 77
    let numbers = (0..<count).map { Float(Int32(truncatingIfNeeded: $0 &* 2_654_435_761)) * 0x1p-30 }
    let whole = bytes(of: numbers, encoding, Dither(firstSample: 5), Kernels.self)
    var pieces: [UInt8] = []
    for start in stride(from: 0, to: count, by: 50_000) {
      let piece = Array(numbers[start..<min(start + 50_000, count)])
      pieces += bytes(of: piece, encoding, Dither(firstSample: 5 + Int64(start)), Kernels.self)
    }
    #expect(whole == pieces)
    var again = [Float](repeating: 0, count: count + 3)
    for shift in 0...3 {
      again.withUnsafeMutableBufferPointer { floats in
        whole.withUnsafeBytes {
          Kernels.decode($0, as: encoding, into: UnsafeMutableBufferPointer(rebasing: floats[shift..<(count + shift)]))
        }
      }
      #expect(bytes(of: Array(again[shift..<(count + shift)]), encoding, nil, Kernels.self) == whole)
    }
  }

  @Test("fills and channels that exceed the caches are the same as their pieces", arguments: 1...2)
  func largeFills(channels: Int) throws {
    let frames = 1_300_003
    let table = try ToneTable(rate: #require(SampleRate(hertz: 48_000)), level: 0.5)
    let fills: [(FramePosition, UnsafeMutableBufferPointer<Float>) -> Void] = [
      { Kernels.tone(table, from: $0, channels: channels, into: $1) },
      { Kernels.noise(level: 0.5, from: $0, channels: channels, into: $1) },
      { Kernels.silence($1) },
    ]
    for fill in fills {
      let whole = filled(frames * channels) { fill(FramePosition(11), $0) }
      let pieces = stride(from: 0, to: frames, by: 40_000).flatMap { start in
        filled(min(40_000, frames - start) * channels) { fill(FramePosition(11 + Int64(start)), $0) }
      }
      #expect(whole == pieces)
    }
    let planes = (0..<2).map { plane in (0..<frames).map { Float($0) * (plane == 0 ? 1 : -1) } }
    let mixed = filled(frames * 2) { output in
      planes[0].withUnsafeBufferPointer { left in
        planes[1].withUnsafeBufferPointer { right in Kernels.interleave([left, right], into: output) }
      }
    }
    #expect(mixed.indices.allSatisfy { mixed[$0] == planes[$0 % 2][$0 / 2] })
    var right: [Float] = []
    let left = filled(frames) { left in
      right = filled(frames) { right in mixed.withUnsafeBufferPointer { Kernels.deinterleave($0, into: [left, right]) }
      }
    }
    #expect([left, right] == planes)
  }

  private func filled(_ count: Int, _ body: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
    var samples = [Float](repeating: 0, count: count)
    samples.withUnsafeMutableBufferPointer { body($0) }
    return samples
  }

  private func faded<K: SampleKernels>(_ samples: [Float], _ channels: Int, _ gains: [Float], _: K.Type) -> [Float] {
    var samples = samples
    samples.withUnsafeMutableBufferPointer { samples in
      gains.withUnsafeBufferPointer { K.multiply(samples, channels: channels, byFrameGains: $0) }
    }
    return samples
  }

  private func bytes<K: SampleKernels>(
    of samples: [Float], _ encoding: SampleEncoding, _ dither: Dither?, _: K.Type
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: samples.count * encoding.bytesPerSample)
    bytes.withUnsafeMutableBytes { target in
      samples.withUnsafeBufferPointer { K.encode($0, as: encoding, dither: dither, into: target) }
    }
    return bytes
  }
}
