extension VectorKernels {
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, as encoding: SampleEncoding, into output: UnsafeMutableBufferPointer<Float>
  ) {
    assert(bytes.count == output.count * encoding.bytesPerSample)
    guard let source = bytes.baseAddress, let target = output.baseAddress else { return }
    let count = output.count
    switch encoding {
    case .int16:
      for index in 0..<count {
        let value = source.loadUnaligned(fromByteOffset: index &* 2, as: Int16.self)
        target[index] = Float(Int16(littleEndian: value)) * 0x1p-15
      }
    case .int24: decode24(source, count: count, into: target)
    case .int32:
      for index in 0..<count {
        let value = source.loadUnaligned(fromByteOffset: index &* 4, as: Int32.self)
        target[index] = Float(Int32(littleEndian: value)) * 0x1p-31
      }
    case .float32:
      for index in 0..<count {
        let value = source.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self)
        target[index] = Float(bitPattern: UInt32(littleEndian: value))
      }
    case .uint8, .float64, .aLaw, .muLaw: ScalarKernels.decode(bytes, as: encoding, into: output)
    }
  }

  /// Four samples at once, from two loads of eight bytes; the last few alone, so that nothing past the end is read.
  private static func decode24(_ source: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Float>) {
    let whole = max(0, count - 1) & ~3
    var index = 0
    while index < whole {
      let first = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index &* 3, as: UInt64.self))
      let second = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index &* 3 &+ 6, as: UInt64.self))
      let pairs = SIMD2(first, second)
      let spread = ((pairs &<< 8) & 0xffff_ff00) | ((pairs &<< 16) & 0xffff_ff00_0000_0000)
      let values = unsafeBitCast(spread, to: SIMD4<Int32>.self) &>> 8
      for lane in 0..<4 { target[index &+ lane] = Float(values[lane]) * 0x1p-23 }
      index &+= 4
    }
    let bytes = UnsafeRawBufferPointer(start: source, count: count * 3)
    for index in whole..<count { target[index] = ScalarKernels.decodeOne(bytes, at: index * 3, as: .int24) }
  }

  package static func encode(
    _ samples: UnsafeBufferPointer<Float>, as encoding: SampleEncoding, dither: Dither?,
    into output: UnsafeMutableRawBufferPointer
  ) {
    assert(output.count == samples.count * encoding.bytesPerSample)
    guard let source = samples.baseAddress, let target = output.baseAddress else { return }
    switch (encoding, dither) {
    case (.int16, nil):
      for index in 0..<samples.count { store16(source[index] * 0x1p15, target, index) }
    case (.int16, .some(let dither)):
      Dither.table.eachRun(from: dither.firstSample, count: samples.count) { noise, run in
        let (source, target) = (source + run.lowerBound, target + 2 * run.lowerBound)
        for index in 0..<run.count { store16(source[index] * 0x1p15 + noise[index], target, index) }
      }
    case (.int24, nil): encode24(source, samples.count, target)
    case (.int32, nil): encode32(source, samples.count, target)
    case (.float32, _):
      for index in 0..<samples.count {
        let sample = source[index]
        target.storeBytes(
          of: (sample == sample ? sample : 0).bitPattern.littleEndian, toByteOffset: index &* 4, as: UInt32.self)
      }
    default: ScalarKernels.encode(samples, as: encoding, dither: dither, into: output)
    }
  }

  /// Rounds without a rounding instruction, which plain x86-64 lacks: adding 1.5 × 2^23 to a float leaves the nearest
  /// whole number, ties to even, in its low bits.
  @inline(__always) private static func store16(_ value: Float, _ target: UnsafeMutableRawPointer, _ index: Int) {
    let finite = value == value ? value : 0
    let high = finite < 32_767 ? finite : 32_767
    let clamped = high > -32_768 ? high : -32_768
    let bits = Int16(truncatingIfNeeded: (clamped + 0x1.8p23).bitPattern)
    target.storeBytes(of: bits.littleEndian, toByteOffset: index &* 2, as: Int16.self)
  }

  /// As ``store16(_:_:_:)``, in two halves: the upper 16 bits, and what is left of the sample below them, both exact.
  private static func encode32(_ source: UnsafePointer<Float>, _ count: Int, _ target: UnsafeMutableRawPointer) {
    let whole = count & ~7
    var index = 0
    while index < whole {
      let (first, second) = (round32(finite(source + index)), round32(finite(source + (index &+ 4))))
      target.storeBytes(of: first, toByteOffset: index &* 4, as: SIMD4<UInt32>.self)
      target.storeBytes(of: second, toByteOffset: index &* 4 &+ 16, as: SIMD4<UInt32>.self)
      index &+= 8
    }
    let rest = UnsafeMutableRawBufferPointer(start: target + whole * 4, count: (count - whole) * 4)
    for index in whole..<count {
      ScalarKernels.encodeOne(source[index], as: .int32, noise: 0, into: rest, at: (index - whole) * 4)
    }
  }

  @inline(__always) private static func round32(_ samples: SIMD4<UInt32>) -> SIMD4<UInt32> {
    let one = SIMD4<Float>(repeating: 1)
    let exact = unsafeBitCast(samples, to: SIMD4<Float>.self)
    let high = exact.replacing(with: one, where: exact .> one)
    let clamped = high.replacing(with: -one, where: high .< -one)
    let upper = clamped * 0x1p15 + 0x1.8p23
    let rest = (clamped * 0x1p15 - (upper - 0x1.8p23)) * 0x1p16
    let lower = unsafeBitCast(rest + 0x1.8p23, to: SIMD4<UInt32>.self) &- Float(0x1.8p23).bitPattern
    let value = unsafeBitCast(upper, to: SIMD4<UInt32>.self) &<< 16 &+ lower
    // Full scale is one more than there is: 2^31 less 1.
    return value &+ lanes(exact .>= one)
  }

  /// Four samples as bits; what is not a number is 0.
  @inline(__always) private static func finite(_ source: UnsafePointer<Float>) -> SIMD4<UInt32> {
    let samples = UnsafeRawPointer(source).loadUnaligned(as: SIMD4<Float>.self)
    return unsafeBitCast(samples, to: SIMD4<UInt32>.self) & lanes(samples .== samples)
  }

  /// All bits of a lane where the mask is true. The compiler makes detours of selects between floats and of bits.
  @inline(__always) private static func lanes(_ mask: SIMDMask<SIMD4<Int32>>) -> SIMD4<UInt32> {
    unsafeBitCast(mask, to: SIMD4<UInt32>.self)
  }

  /// Adding 2^23 to a magnitude of up to 2^23 leaves it rounded in the bits above those of 2^23 itself. Eight samples
  /// are three stores.
  private static func encode24(_ source: UnsafePointer<Float>, _ count: Int, _ target: UnsafeMutableRawPointer) {
    let whole = count & ~7
    var index = 0
    while index < whole {
      let (first, second) = (packed24(finite(source + index)), packed24(finite(source + (index &+ 4))))
      let start: UInt64 = first[0] | first[1] &<< 48
      let middle: UInt64 = first[1] &>> 16 | second[0] &<< 32
      let end: UInt64 = second[0] &>> 32 | second[1] &<< 16
      target.storeBytes(of: start.littleEndian, toByteOffset: index &* 3, as: UInt64.self)
      target.storeBytes(of: middle.littleEndian, toByteOffset: index &* 3 &+ 8, as: UInt64.self)
      target.storeBytes(of: end.littleEndian, toByteOffset: index &* 3 &+ 16, as: UInt64.self)
      index &+= 8
    }
    let rest = UnsafeMutableRawBufferPointer(start: target + whole * 3, count: (count - whole) * 3)
    for index in whole..<count {
      ScalarKernels.encodeOne(source[index], as: .int24, noise: 0, into: rest, at: (index - whole) * 3)
    }
  }

  /// Two samples in the lower 48 bits of each lane.
  @inline(__always) private static func packed24(_ samples: SIMD4<UInt32>) -> SIMD2<UInt64> {
    let pairs = unsafeBitCast(round24(samples), to: SIMD2<UInt64>.self)
    return (pairs & 0xff_ffff) | ((pairs &>> 8) & 0xffff_ff00_0000)
  }

  /// The lower 24 bits of each lane. Sizes are clamped at 2^23, which as a positive number is one too many.
  @inline(__always) private static func round24(_ bits: SIMD4<UInt32>) -> SIMD4<UInt32> {
    let full = SIMD4<Float>(repeating: 0x1p23)
    let exact = unsafeBitCast(bits & 0x7fff_ffff, to: SIMD4<Float>.self) * full
    let raised = exact.replacing(with: full, where: exact .> full) + full
    let size = unsafeBitCast(raised, to: SIMD4<UInt32>.self) &- full[0].bitPattern
    let sign = SIMD4<UInt32>.zero &- (bits &>> 31)
    return (((size &- ((size &>> 23) & ~sign)) ^ sign) &- sign) & 0xff_ffff
  }
}
