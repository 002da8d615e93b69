import Ingest
import PCM
import TestSupport
import Testing

@Suite struct UncompressedTests {
  struct Form: CustomTestStringConvertible, Sendable {
    let encoding: SampleEncoding
    let tag: UInt16
    let bits: UInt16
    var testDescription: String { encoding.rawValue }

    func ramp(_ count: Int) -> (bytes: [UInt8], floats: [Float]) {
      switch encoding {
      case .uint8: Ramp.uint8(count)
      case .int16: Ramp.int16(count)
      case .int24: Ramp.int24(count)
      case .int32: Ramp.int32(count)
      case .float32: Ramp.float32(count)
      case .float64: Ramp.float64(count)
      case .aLaw, .muLaw: (Ramp.uint8(count).bytes, [])
      }
    }
  }

  static let forms = [
    Form(encoding: .uint8, tag: 1, bits: 8), Form(encoding: .int16, tag: 1, bits: 16),
    Form(encoding: .int24, tag: 1, bits: 24), Form(encoding: .int32, tag: 1, bits: 32),
    Form(encoding: .float32, tag: 3, bits: 32), Form(encoding: .float64, tag: 3, bits: 64),
    Form(encoding: .aLaw, tag: 6, bits: 8), Form(encoding: .muLaw, tag: 7, bits: 8),
  ]

  @Test("every sample of an uncompressed file is read exactly, whatever the rate and the channels", arguments: forms)
  func exact(form: Form) throws {
    let bench = try Folder()
    for kind in WaveWriter.Kind.allCases {
      for (rate, channels, isExtensible) in [
        (8_000, 1, false), (44_100, 2, true), (192_000, 8, true), (11_025, 3, false),
      ] {
        let ramp = form.ramp(300 * channels)
        let writer = WaveWriter(
          kind: kind, tag: form.tag, bits: form.bits, isExtensible: isExtensible, channels: UInt16(channels),
          rate: UInt32(rate), data: ramp.bytes, before: kind == .w64 ? [] : WaveWriter.chunk("LIST", [1, 2, 3]))
        let heard = try Heard(try bench.write(writer.bytes, "a"))
        #expect(ramp.floats.isEmpty || heard.samples == ramp.floats)
        // What is copied without decoding is covered by the kernels: they must hear the same.
        #expect(heard.samples == Self.decode(ramp.bytes, form.encoding))
        #expect(heard.description.format.rate.hertz == rate)
        #expect(heard.description.format.channels == channels)
        #expect(heard.description.encoding == form.encoding)
        #expect(heard.description.length == FrameCount(300))
        let layout = try #require(heard.layout)
        #expect(layout.encoding == form.encoding)
        #expect(layout.format == heard.description.format)
        #expect(layout.isExtensible == isExtensible)
        #expect(layout.frames == FrameCount(Int64(heard.frames)))
        let there = Array(try bench.read("a")[Int(layout.dataOffset)...].prefix(Int(layout.dataLength)))
        #expect(there == ramp.bytes)
      }
    }
  }

  private static func decode(_ bytes: [UInt8], _ encoding: SampleEncoding) -> [Float] {
    var samples = [Float](repeating: 0, count: bytes.count / encoding.bytesPerSample)
    bytes.withUnsafeBytes { raw in
      samples.withUnsafeMutableBufferPointer { Kernels.decode(raw, as: encoding, into: $0) }
    }
    return samples
  }
}
