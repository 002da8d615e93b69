import CVector

extension VectorKernels {
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, as encoding: SampleEncoding, into output: UnsafeMutableBufferPointer<Float>
  ) {
    assert(bytes.count == output.count * encoding.bytesPerSample)
    guard let source = bytes.baseAddress, let target = output.baseAddress else { return }
    switch encoding {
    case .int16:
      eachLine(of: output, from: source, stride: 2) { source, count, target in
        each4(count, into: target) { index in
          cvector_scale(cvector_load_shorts(source + index &* 2), 0x1p-15)
        } rest: { index in
          Float(source.loadUnaligned(fromByteOffset: index &* 2, as: Int16.self)) * 0x1p-15
        }
      }
    case .int24 where hasShuffle:
      // Loads of sixteen bytes for twelve read into the samples behind them; the last ones are decoded apart.
      let whole = max(0, output.count - 16)
      eachLine(of: UnsafeMutableBufferPointer(rebasing: output[..<whole]), from: source, stride: 3) {
        source, count, target in
        each4(count, into: target) { index in
          cvector_scale(cvector_floats(cvector_load_24(source + index &* 3)), 0x1p-31)
        } rest: { index in
          ScalarKernels.decodeOne(UnsafeRawBufferPointer(start: source, count: count * 3), at: index * 3, as: .int24)
        }
      }
      for index in whole..<output.count { target[index] = ScalarKernels.decodeOne(bytes, at: index * 3, as: .int24) }
    case .int32:
      eachLine(of: output, from: source, stride: 4) { source, count, target in
        each4(count, into: target) { index in
          cvector_scale(cvector_floats(cvector_load_ints(source + index &* 4)), 0x1p-31)
        } rest: { index in
          Float(source.loadUnaligned(fromByteOffset: index &* 4, as: Int32.self)) * 0x1p-31
        }
      }
    case .float32:
      eachLine(of: output, from: source, stride: 4) { source, count, target in
        each4(count, into: target) { index in
          cvector_load((source + index &* 4).assumingMemoryBound(to: Float.self))
        } rest: { index in
          source.loadUnaligned(fromByteOffset: index &* 4, as: Float.self)
        }
      }
    case .uint8, .int24, .float64, .aLaw, .muLaw: ScalarKernels.decode(bytes, as: encoding, into: output)
    }
  }

  @inline(__always) private static func eachLine(
    of output: UnsafeMutableBufferPointer<Float>, from source: UnsafeRawPointer, stride: Int,
    _ decode: (UnsafeRawPointer, Int, UnsafeMutablePointer<Float>) -> Void
  ) {
    guard let target = output.baseAddress else { return }
    let read = PastTheCache.Source(source, stride: stride)
    PastTheCache.write(output.count, stride: 4, from: read, to: target) { first, count, result in
      decode(source + first &* stride, count, result.assumingMemoryBound(to: Float.self))
    }
  }

  /// Four samples at once, and what is left alone. (All processors that this runs on are little-endian.)
  @inline(__always) private static func each4(
    _ count: Int, into target: UnsafeMutablePointer<Float>, _ four: (Int) -> SIMD4<Float>, rest: (Int) -> Float
  ) {
    let whole = count & ~3
    var index = 0
    while index < whole {
      cvector_store_floats(target + index, four(index))
      index &+= 4
    }
    while index < count {
      target[index] = rest(index)
      index &+= 1
    }
  }

  package static func encode(
    _ samples: UnsafeBufferPointer<Float>, as encoding: SampleEncoding, dither: Dither?,
    into output: UnsafeMutableRawBufferPointer
  ) {
    assert(output.count == samples.count * encoding.bytesPerSample)
    guard let target = output.baseAddress else { return }
    switch (encoding, dither) {
    case (.int16, nil): eachLine(of: samples, to: target, stride: 2) { encode16($0, $1, $2, noise: nil) }
    case (.int16, .some(let dither)): encode16(samples, dither, target)
    case (.int24, nil) where hasShuffle: eachLine(of: samples, to: target, stride: 3) { encode24($0, $1, $2) }
    case (.int32, nil): eachLine(of: samples, to: target, stride: 4) { encode32($0, $1, $2) }
    case (.float32, _):
      eachLine(of: samples, to: target, stride: 4) { source, count, target in
        each4(count, into: target.assumingMemoryBound(to: Float.self)) { index in
          cvector_where_number(load4(source + index), load4(source + index))
        } rest: { index in
          source[index] == source[index] ? source[index] : 0
        }
      }
    default: ScalarKernels.encode(samples, as: encoding, dither: dither, into: output)
    }
  }

  @inline(__always) private static func eachLine(
    of samples: UnsafeBufferPointer<Float>, to target: UnsafeMutableRawPointer, stride: Int,
    _ encode: (UnsafePointer<Float>, Int, UnsafeMutableRawPointer) -> Void
  ) {
    guard let source = samples.baseAddress else { return }
    let read = PastTheCache.Source(source, stride: 4)
    PastTheCache.write(samples.count, stride: stride, from: read, to: target) { first, count, result in
      encode(source + first, count, result)
    }
  }

  /// A whole piece at once, for looking up where the noise goes on takes time; so the loop asks for its source itself.
  private static func encode16(
    _ samples: UnsafeBufferPointer<Float>, _ dither: Dither, _ target: UnsafeMutableRawPointer
  ) {
    guard let source = samples.baseAddress else { return }
    PastTheCache.write(samples.count, stride: 2, from: .none, to: target, step: 512) { first, count, result in
      Dither.table.eachRun(from: dither.firstSample + Int64(first), count: count) { noise, run in
        encode16(source + first + run.lowerBound, run.count, result + 2 * run.lowerBound, noise: noise)
      }
    }
  }

  /// - Parameter noise: what to add to each sample, in steps.
  @inline(__always) private static func encode16(
    _ source: UnsafePointer<Float>, _ count: Int, _ target: UnsafeMutableRawPointer, noise: UnsafePointer<Float>?
  ) {
    let whole = count & ~15
    var index = 0
    while index < whole {
      if noise != nil { PastTheCache.prefetch(source + index) }
      let first = steps16(source, index, noise), second = steps16(source, index &+ 4, noise)
      let third = steps16(source, index &+ 8, noise), fourth = steps16(source, index &+ 12, noise)
      cvector_store_ints(target + index &* 2, cvector_narrow(first, second))
      cvector_store_ints(target + (index &* 2 &+ 16), cvector_narrow(third, fourth))
      index &+= 16
    }
    let rest = UnsafeMutableRawBufferPointer(start: target + whole * 2, count: (count - whole) * 2)
    for index in whole..<count {
      ScalarKernels.encodeOne(
        source[index], as: .int16, noise: noise?[index] ?? 0, into: rest, at: (index - whole) * 2)
    }
  }

  /// Too much for an int becomes its lowest: clamped before.
  @inline(__always) private static func steps16(
    _ source: UnsafePointer<Float>, _ index: Int, _ noise: UnsafePointer<Float>?
  ) -> SIMD4<Int32> {
    let samples = load4(source + index)
    var exact = cvector_scale(samples, 0x1p15)
    if let noise { exact = cvector_add(exact, load4(noise + index)) }
    exact = cvector_where_number(exact, samples)
    return cvector_nearest(cvector_clamp(exact, SIMD4(repeating: -0x1p15), SIMD4(repeating: 0x1p15)))
  }

  @inline(__always) private static func encode32(
    _ source: UnsafePointer<Float>, _ count: Int, _ target: UnsafeMutableRawPointer
  ) {
    let whole = count & ~7
    var index = 0
    while index < whole {
      let first = cvector_saturate(cvector_scale(load4(source + index), 0x1p31))
      let second = cvector_saturate(cvector_scale(load4(source + (index &+ 4)), 0x1p31))
      cvector_store_ints(target + index &* 4, first)
      cvector_store_ints(target + (index &* 4 &+ 16), second)
      index &+= 8
    }
    let rest = UnsafeMutableRawBufferPointer(start: target + whole * 4, count: (count - whole) * 4)
    for index in whole..<count {
      ScalarKernels.encodeOne(source[index], as: .int32, noise: 0, into: rest, at: (index - whole) * 4)
    }
  }

  /// Sixteen samples at once.
  @inline(__always) private static func encode24(
    _ source: UnsafePointer<Float>, _ count: Int, _ target: UnsafeMutableRawPointer
  ) {
    let whole = count & ~15
    var index = 0
    while index < whole {
      let (first, second) = (steps24(source + index), steps24(source + (index &+ 4)))
      let (third, fourth) = (steps24(source + (index &+ 8)), steps24(source + (index &+ 12)))
      cvector_store_24(target + index &* 3, first, second, third, fourth)
      index &+= 16
    }
    let rest = UnsafeMutableRawBufferPointer(start: target + whole * 3, count: (count - whole) * 3)
    for index in whole..<count {
      ScalarKernels.encodeOne(source[index], as: .int24, noise: 0, into: rest, at: (index - whole) * 3)
    }
  }

  /// Of what is not a number the lower three bytes are 0.
  @inline(__always) private static func steps24(_ source: UnsafePointer<Float>) -> SIMD4<Int32> {
    cvector_nearest(
      cvector_clamp(cvector_scale(load4(source), 0x1p23), SIMD4(repeating: -0x1p23), SIMD4(repeating: 0x1p23 - 1)))
  }

  private static let hasShuffle = cvector_has_shuffle() != 0
}
