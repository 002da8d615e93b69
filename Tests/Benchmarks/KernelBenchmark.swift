import Foundation
import PCM

/// Each kernel over buffers far larger than any cache, beside its scalar twin and beside `memcpy` of as many bytes as the
/// larger of what it reads and what it writes, from and to the same memory: pages differ in speed on a virtual machine.
enum KernelBenchmark {
  static func run() throws -> [[String]] {
    let buffers = Buffers(count: 1 << 25)
    defer { buffers.free() }
    var rows = [["kernel", "GB/s", "ours / memcpy", "goal", "ours / scalar"]]
    for kernel in KernelRun.all {
      let bytes = buffers.count * 4
      let (source, target) = kernel.memory(buffers)
      let medians = medians([
        { kernel.vector(buffers) },
        { target.copyMemory(from: UnsafeRawBufferPointer(source)) },
        { kernel.scalar(buffers) },
      ])
      rows.append([
        kernel.name, Figure.ratio(Double(bytes) / medians[0] / 1e9), Figure.ratio(medians[1] / medians[0]),
        "at least 0.80", Figure.ratio(medians[2] / medians[0]),
      ])
    }
    return rows
  }

  private static func medians(_ bodies: [() -> Void]) -> [Double] {
    var times = bodies.map { _ in [Double]() }
    for round in 0...5 {
      for (index, body) in bodies.enumerated() {
        let time = Measure.seconds(body)
        if round > 0 { times[index].append(time) }
      }
    }
    return times.map { $0.sorted()[$0.count / 2] }
  }
}

/// Memory for kernels: floats, and bytes of the same size.
struct Buffers {
  let count: Int
  let floats, floats2: UnsafeMutableBufferPointer<Float>
  let bytes, other: UnsafeMutableRawBufferPointer

  init(count: Int) {
    self.count = count
    floats = .allocate(capacity: count)
    floats2 = .allocate(capacity: count)
    bytes = .allocate(byteCount: count * 4, alignment: 64)
    other = .allocate(byteCount: count * 4, alignment: 64)
    floats.initialize(repeating: 0.25)
    floats2.initialize(repeating: 0.125)
    bytes.initializeMemory(as: UInt8.self, repeating: 3)
    other.initializeMemory(as: UInt8.self, repeating: 5)
  }

  func free() {
    floats.deallocate()
    floats2.deallocate()
    bytes.deallocate()
    other.deallocate()
  }
}

private struct KernelRun {
  typealias Memory = (source: UnsafeMutableRawBufferPointer, target: UnsafeMutableRawBufferPointer)

  let name: String
  /// What it reads and what it writes, or for what only does one of both, something else.
  let memory: (Buffers) -> Memory
  let vector, scalar: (Buffers) -> Void

  init(
    _ name: String, _ memory: @escaping (Buffers) -> Memory, vector: @escaping (Buffers) -> Void,
    scalar: @escaping (Buffers) -> Void
  ) {
    (self.name, self.memory, self.vector, self.scalar) = (name, memory, vector, scalar)
  }

  static var all: [KernelRun] { decoders + encoders + fills + measures }

  private static var decoders: [KernelRun] {
    [SampleEncoding.int16, .int24, .int32, .float32].map { encoding in
      KernelRun(
        "decode \(encoding)", { ($0.bytes, UnsafeMutableRawBufferPointer($0.floats)) },
        vector: { decode($0, encoding, VectorKernels.self) },
        scalar: { decode($0, encoding, ScalarKernels.self) })
    }
  }

  private static var encoders: [KernelRun] {
    [(SampleEncoding.int16, false), (.int16, true), (.int24, false), (.int32, false)].map {
      encoding, isDithered in
      KernelRun(
        "encode \(encoding)\(isDithered ? ", dithered" : "")", { (UnsafeMutableRawBufferPointer($0.floats), $0.bytes) },
        vector: { encode($0, encoding, isDithered, VectorKernels.self) },
        scalar: { encode($0, encoding, isDithered, ScalarKernels.self) })
    }
  }

  private static var fills: [KernelRun] {
    [
      KernelRun(
        "tone", { ($0.other, UnsafeMutableRawBufferPointer($0.floats)) }, vector: { tone($0, VectorKernels.self) },
        scalar: { tone($0, ScalarKernels.self) }),
      KernelRun(
        "noise", { ($0.other, UnsafeMutableRawBufferPointer($0.floats)) }, vector: { noise($0, VectorKernels.self) },
        scalar: { noise($0, ScalarKernels.self) }),
      KernelRun(
        "silence", { ($0.other, UnsafeMutableRawBufferPointer($0.floats)) },
        vector: { VectorKernels.silence($0.floats) }, scalar: { ScalarKernels.silence($0.floats) }),
      KernelRun(
        "fade", { ($0.other, UnsafeMutableRawBufferPointer($0.floats)) }, vector: { fade($0, VectorKernels.self) },
        scalar: { fade($0, ScalarKernels.self) }),
      KernelRun(
        "interleave", { (UnsafeMutableRawBufferPointer($0.floats2), UnsafeMutableRawBufferPointer($0.floats)) },
        vector: { interleave($0, VectorKernels.self) }, scalar: { interleave($0, ScalarKernels.self) }),
      KernelRun(
        "deinterleave", { (UnsafeMutableRawBufferPointer($0.floats2), UnsafeMutableRawBufferPointer($0.floats)) },
        vector: { deinterleave($0, VectorKernels.self) },
        scalar: { deinterleave($0, ScalarKernels.self) }
      ),
    ]
  }

  private static var measures: [KernelRun] {
    [
      KernelRun(
        "peak", { (UnsafeMutableRawBufferPointer($0.floats), $0.other) }, vector: { peak($0, VectorKernels.self) },
        scalar: { peak($0, ScalarKernels.self) }),
      KernelRun(
        "RMS", { (UnsafeMutableRawBufferPointer($0.floats), $0.other) }, vector: { rms($0, VectorKernels.self) },
        scalar: { rms($0, ScalarKernels.self) }),
      KernelRun(
        "correlation", { (UnsafeMutableRawBufferPointer($0.floats), $0.other) },
        vector: { dot($0, VectorKernels.self) }, scalar: { dot($0, ScalarKernels.self) }),
      KernelRun(
        "finite", { (UnsafeMutableRawBufferPointer($0.floats), $0.other) }, vector: { finite($0, VectorKernels.self) },
        scalar: { finite($0, ScalarKernels.self) }),
    ]
  }

  private static func decode<K: SampleKernels>(_ b: Buffers, _ encoding: SampleEncoding, _: K.Type) {
    K.decode(
      UnsafeRawBufferPointer(rebasing: b.bytes[..<(b.count * encoding.bytesPerSample)]), as: encoding, into: b.floats)
  }

  private static func encode<K: SampleKernels>(_ b: Buffers, _ encoding: SampleEncoding, _ isDithered: Bool, _: K.Type)
  {
    K.encode(
      UnsafeBufferPointer(b.floats), as: encoding, dither: isDithered ? Dither(firstSample: 0) : nil,
      into: UnsafeMutableRawBufferPointer(rebasing: b.bytes[..<(b.count * encoding.bytesPerSample)]))
  }

  private static func tone<K: SampleKernels>(_ b: Buffers, _: K.Type) {
    guard let rate = SampleRate(hertz: 48_000) else { return }
    K.tone(ToneTable(rate: rate, level: 0.1), from: FramePosition(7), channels: 2, into: b.floats)
  }

  private static func noise<K: SampleKernels>(_ b: Buffers, _: K.Type) {
    K.noise(level: 0.1, from: FramePosition(7), channels: 2, into: b.floats)
  }

  private static func fade<K: SampleKernels>(_ b: Buffers, _: K.Type) {
    // With the gains, two thirds of the samples are as many bytes.
    let frames = b.count / 3
    K.multiply(
      UnsafeMutableBufferPointer(rebasing: b.floats[..<(frames * 2)]), channels: 2,
      byFrameGains: UnsafeBufferPointer(rebasing: b.floats2[..<frames]))
  }

  private static func interleave<K: SampleKernels>(_ b: Buffers, _: K.Type) {
    let half = b.count / 2
    K.interleave(
      [UnsafeBufferPointer(rebasing: b.floats2[..<half]), UnsafeBufferPointer(rebasing: b.floats2[half...])],
      into: b.floats)
  }

  private static func deinterleave<K: SampleKernels>(_ b: Buffers, _: K.Type) {
    let half = b.count / 2
    K.deinterleave(
      UnsafeBufferPointer(b.floats2),
      into: [
        UnsafeMutableBufferPointer(rebasing: b.floats[..<half]),
        UnsafeMutableBufferPointer(rebasing: b.floats[half...]),
      ])
  }

  private static func peak<K: SampleKernels>(_ b: Buffers, _: K.Type) { keep(K.peak(UnsafeBufferPointer(b.floats)), b) }
  private static func rms<K: SampleKernels>(_ b: Buffers, _: K.Type) { keep(K.rms(UnsafeBufferPointer(b.floats)), b) }
  private static func finite<K: SampleKernels>(_ b: Buffers, _: K.Type) {
    keep(K.allFinite(UnsafeBufferPointer(b.floats)), b)
  }
  private static func dot<K: SampleKernels>(_ b: Buffers, _: K.Type) {
    let half = b.count / 2
    keep(
      K.dot(UnsafeBufferPointer(rebasing: b.floats[..<half]), UnsafeBufferPointer(rebasing: b.floats2[..<half])), b)
  }

  /// So that the compiler does not leave out what nobody looks at.
  private static func keep<T>(_ value: T, _ b: Buffers) { b.other.storeBytes(of: value, as: T.self) }
}
