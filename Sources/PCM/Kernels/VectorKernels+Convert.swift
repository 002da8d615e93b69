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

  /// Reads four bytes for each sample's three, but never past the end.
  private static func decode24(_ source: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Float>) {
    let whole = max(0, count - 1)
    for index in 0..<whole {
      let four = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: index &* 3, as: UInt32.self))
      target[index] = Float(Int32(bitPattern: four << 8) >> 8) * 0x1p-23
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
      encode(source, samples.count, steps: 0x1p15, noise: { _ in 0 }) { index, value in
        target.storeBytes(
          of: Int16(truncatingIfNeeded: value).littleEndian, toByteOffset: index &* 2, as: Int16.self)
      }
    case (.int16, .some(let dither)):
      encode(source, samples.count, steps: 0x1p15, noise: { Dither.steps(at: dither.firstSample &+ Int64($0)) }) {
        index, value in
        target.storeBytes(
          of: Int16(truncatingIfNeeded: value).littleEndian, toByteOffset: index &* 2, as: Int16.self)
      }
    case (.int24, nil):
      encode(source, samples.count, steps: 0x1p23, noise: { _ in 0 }) { index, value in
        let bits = UInt32(bitPattern: value)
        target.storeBytes(of: UInt16(truncatingIfNeeded: bits).littleEndian, toByteOffset: index &* 3, as: UInt16.self)
        target.storeBytes(of: UInt8(truncatingIfNeeded: bits >> 16), toByteOffset: index &* 3 &+ 2, as: UInt8.self)
      }
    case (.int32, nil):
      encode(source, samples.count, steps: 0x1p31, noise: { _ in 0 }) { index, value in
        target.storeBytes(of: value.littleEndian, toByteOffset: index &* 4, as: Int32.self)
      }
    case (.float32, _):
      for index in 0..<samples.count {
        let sample = source[index]
        target.storeBytes(
          of: (sample == sample ? sample : 0).bitPattern.littleEndian, toByteOffset: index &* 4, as: UInt32.self)
      }
    default: ScalarKernels.encode(samples, as: encoding, dither: dither, into: output)
    }
  }

  /// Rounds without a rounding instruction, which plain x86-64 lacks: adding 1.5 × 2^52 to a double leaves the nearest
  /// whole number, ties to even, in its low 32 bits.
  @inline(__always) private static func encode(
    _ source: UnsafePointer<Float>, _ count: Int, steps: Double, noise: (Int) -> Float,
    store: (Int, Int32) -> Void
  ) {
    for index in 0..<count {
      let sample = source[index]
      let exact = Double(sample == sample ? sample : 0) * steps + (sample == sample ? Double(noise(index)) : 0)
      let high = exact < steps - 1 ? exact : steps - 1
      let clamped = high > -steps ? high : -steps
      store(index, Int32(truncatingIfNeeded: (clamped + 0x1.8p52).bitPattern))
    }
  }
}
