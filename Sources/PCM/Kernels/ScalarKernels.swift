/// What each kernel means, one sample after the other.
package enum ScalarKernels: SampleKernels {
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, as encoding: SampleEncoding, into output: UnsafeMutableBufferPointer<Float>
  ) {
    assert(bytes.count == output.count * encoding.bytesPerSample)
    let width = encoding.bytesPerSample
    var index = 0
    while index < output.count {
      output[index] = decodeOne(bytes, at: index * width, as: encoding)
      index += 1
    }
  }

  static func decodeOne(_ bytes: UnsafeRawBufferPointer, at offset: Int, as encoding: SampleEncoding) -> Float {
    func integer<T: FixedWidthInteger>(_: T.Type) -> T {
      T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }
    switch encoding {
    case .uint8: return Float(Int32(bytes[offset]) - 128) * 0x1p-7
    case .int16: return Float(integer(Int16.self)) * 0x1p-15
    case .int24:
      let high = Int32(Int8(bitPattern: bytes[offset + 2])) << 16
      return Float(high | Int32(bytes[offset + 1]) << 8 | Int32(bytes[offset])) * 0x1p-23
    case .int32: return Float(integer(Int32.self)) * 0x1p-31
    case .float32: return Float(bitPattern: integer(UInt32.self))
    case .float64: return Float(Double(bitPattern: integer(UInt64.self)))
    case .aLaw: return G711.aLawValues[Int(bytes[offset])]
    case .muLaw: return G711.muLawValues[Int(bytes[offset])]
    }
  }

  package static func encode(
    _ samples: UnsafeBufferPointer<Float>, as encoding: SampleEncoding, dither: Dither?,
    into output: UnsafeMutableRawBufferPointer
  ) {
    assert(output.count == samples.count * encoding.bytesPerSample)
    for index in samples.indices {
      let noise = dither.map { Dither.steps(at: $0.firstSample + Int64(index)) } ?? 0
      encodeOne(samples[index], as: encoding, noise: noise, into: output, at: index * encoding.bytesPerSample)
    }
  }

  static func encodeOne(
    _ sample: Float, as encoding: SampleEncoding, noise: Float, into output: UnsafeMutableRawBufferPointer,
    at offset: Int
  ) {
    func store<T: FixedWidthInteger>(_ value: T) {
      output.storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
    }
    func step(bits: Int) -> Int32 {
      guard !sample.isNaN else { return 0 }
      let scale = Double(Int64(1) << (bits - 1))
      // Noise is added as float, like everything that has one: it only matters where few bits are left.
      let exact = noise == 0 ? Double(sample) * scale : Double(sample * Float(scale) + noise)
      return Int32(max(-scale, min(scale - 1, exact.rounded(.toNearestOrEven))))
    }
    switch encoding {
    case .uint8: output[offset] = UInt8(step(bits: 8) + 128)
    case .int16: store(Int16(step(bits: 16)))
    case .int24:
      let value = step(bits: 24)
      for byte in 0..<3 { output[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * Int32(byte))) }
    case .int32: store(step(bits: 32))
    case .float32: store((sample.isNaN ? 0 : sample).bitPattern)
    case .float64: store(Double(sample.isNaN ? 0 : sample).bitPattern)
    case .aLaw: output[offset] = G711.encodeALaw(Int16(step(bits: 16)))
    case .muLaw: output[offset] = G711.encodeMuLaw(Int16(step(bits: 16)))
    }
  }

  package static func interleave(
    _ planes: [UnsafeBufferPointer<Float>], into output: UnsafeMutableBufferPointer<Float>
  ) {
    for (channel, plane) in planes.enumerated() {
      var (frame, index) = (0, channel)
      while frame < plane.count {
        output[index] = plane[frame]
        frame += 1
        index += planes.count
      }
    }
  }

  package static func deinterleave(
    _ samples: UnsafeBufferPointer<Float>, into planes: [UnsafeMutableBufferPointer<Float>]
  ) {
    for (channel, plane) in planes.enumerated() {
      var (frame, index) = (0, channel)
      while frame < plane.count {
        plane[frame] = samples[index]
        frame += 1
        index += planes.count
      }
    }
  }

  package static func silence(_ samples: UnsafeMutableBufferPointer<Float>) {
    for index in samples.indices { samples[index] = 0 }
  }

  package static func tone(
    _ table: ToneTable, from start: FramePosition, channels: Int, into samples: UnsafeMutableBufferPointer<Float>
  ) {
    for index in samples.indices {
      let frame = start.index + Int64(index / channels)
      samples[index] = table.samples[Int(frame % Int64(ToneTable.length))]
    }
  }

  package static func noise(
    level: Float, from start: FramePosition, channels: Int, into samples: UnsafeMutableBufferPointer<Float>
  ) {
    for index in samples.indices {
      samples[index] = level * CoverNoise.table.value(at: start.index + Int64(index / channels))
    }
  }

  package static func multiply(
    _ samples: UnsafeMutableBufferPointer<Float>, channels: Int, byFrameGains gains: UnsafeBufferPointer<Float>
  ) {
    for index in samples.indices { samples[index] *= gains[index / channels] }
  }

  package static func subtract(
    _ other: UnsafeBufferPointer<Float>, times gain: Float, from samples: UnsafeMutableBufferPointer<Float>
  ) {
    for index in samples.indices { samples[index] -= other[index] * gain }
  }

  package static func peak(_ samples: UnsafeBufferPointer<Float>) -> Float {
    samples.reduce(0) { max($0, $1.magnitude) }
  }

  package static func sumOfSquares(_ samples: UnsafeBufferPointer<Float>) -> Double {
    dot(samples, samples)
  }

  package static func dot(_ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>) -> Double {
    let count = min(left.count, right.count)
    var sum = 0.0
    var index = 0
    while index < count {
      sum += Double(left[index]) * Double(right[index])
      index += 1
    }
    return sum
  }

  package static func allFinite(_ samples: UnsafeBufferPointer<Float>) -> Bool { samples.allSatisfy(\.isFinite) }
}
