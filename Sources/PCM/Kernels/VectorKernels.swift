import CVector

/// The kernels as the compiler turns them into vector instructions: plain loops without branches where it does so by
/// itself, explicit vectors for sums and maxima, whose order it may not change.
package enum VectorKernels: SampleKernels {
  package static func interleave(
    _ planes: [UnsafeBufferPointer<Float>], into output: UnsafeMutableBufferPointer<Float>
  ) {
    guard planes.count == 2 else { return ScalarKernels.interleave(planes, into: output) }
    guard let left = planes[0].baseAddress, let right = planes[1].baseAddress, let target = output.baseAddress
    else { return }
    let read = PastTheCache.Source(left, and: right, stride: 4)
    PastTheCache.write(output.count / 2, stride: 8, from: read, to: target) { frame, count, result in
      let whole = count & ~3
      for index in stride(from: 0, to: whole, by: 4) {
        var both = SIMD8<Float>()
        both.evenHalf = load4(left + (frame &+ index))
        both.oddHalf = load4(right + (frame &+ index))
        result.storeBytes(of: both, toByteOffset: index &* 8, as: SIMD8<Float>.self)
      }
      let rest = result.assumingMemoryBound(to: Float.self)
      for index in whole..<count {
        rest[2 &* index] = left[frame &+ index]
        rest[2 &* index &+ 1] = right[frame &+ index]
      }
    }
  }

  package static func deinterleave(
    _ samples: UnsafeBufferPointer<Float>, into planes: [UnsafeMutableBufferPointer<Float>]
  ) {
    guard planes.count == 2 else { return ScalarKernels.deinterleave(samples, into: planes) }
    guard let source = samples.baseAddress, let left = planes[0].baseAddress else { return }
    let read = PastTheCache.Source(source, stride: 8)
    PastTheCache.write(planes[0].count, stride: 4, from: read, to: left, and: planes[1].baseAddress) {
      frame, count, left, right in
      guard let right else { return }
      let whole = count & ~3
      for index in stride(from: 0, to: whole, by: 4) {
        let both = UnsafeRawPointer(source + 2 &* (frame &+ index)).loadUnaligned(as: SIMD8<Float>.self)
        left.storeBytes(of: both.evenHalf, toByteOffset: index &* 4, as: SIMD4<Float>.self)
        right.storeBytes(of: both.oddHalf, toByteOffset: index &* 4, as: SIMD4<Float>.self)
      }
      for index in whole..<count {
        left.storeBytes(of: source[2 &* (frame &+ index)], toByteOffset: index &* 4, as: Float.self)
        right.storeBytes(of: source[2 &* (frame &+ index) &+ 1], toByteOffset: index &* 4, as: Float.self)
      }
    }
  }

  @inline(__always) static func load4(_ source: UnsafePointer<Float>) -> SIMD4<Float> { cvector_load(source) }

  package static func silence(_ samples: UnsafeMutableBufferPointer<Float>) {
    writePieces(of: samples, channels: 1) { _, piece in piece.update(repeating: 0) }
  }

  /// As ``PastTheCache/write(_:stride:from:to:step:_:)``, for what is made up, in frames of so many floats.
  @inline(__always) private static func writePieces(
    of output: UnsafeMutableBufferPointer<Float>, channels: Int,
    _ write: (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    guard let target = output.baseAddress else { return }
    PastTheCache.write(output.count / channels, stride: 4 * channels, from: .none, to: target, step: 512) {
      frame, count, result in
      let floats = result.assumingMemoryBound(to: Float.self)
      write(frame, UnsafeMutableBufferPointer(start: floats, count: count * channels))
    }
  }

  package static func tone(
    _ table: ToneTable, from start: FramePosition, channels: Int, into samples: UnsafeMutableBufferPointer<Float>
  ) {
    writePieces(of: samples, channels: channels) { frame, piece in
      tonePiece(table, from: start.index + Int64(frame), channels: channels, into: piece)
    }
  }

  private static func tonePiece(
    _ table: ToneTable, from start: Int64, channels: Int, into samples: UnsafeMutableBufferPointer<Float>
  ) {
    var phase = Int(start % Int64(ToneTable.length))
    var done = 0
    table.samples.withUnsafeBufferPointer { table in
      while done < samples.count {
        let frames = min(table.count - phase, (samples.count - done) / channels)
        let run = UnsafeMutableBufferPointer(rebasing: samples[done..<(done + frames * channels)])
        spread(UnsafeBufferPointer(rebasing: table[phase..<(phase + frames)]), times: 1, over: channels, into: run)
        done += frames * channels
        phase = 0
      }
    }
  }

  package static func noise(
    level: Float, from start: FramePosition, channels: Int, into samples: UnsafeMutableBufferPointer<Float>
  ) {
    writePieces(of: samples, channels: channels) { frame, samples in
      CoverNoise.table.eachRun(from: start.index + Int64(frame), count: samples.count / channels) { values, frames in
        let run = frames.lowerBound * channels..<frames.upperBound * channels
        spread(
          UnsafeBufferPointer(start: values, count: frames.count), times: level, over: channels,
          into: UnsafeMutableBufferPointer(rebasing: samples[run]))
      }
    }
  }

  /// Gives each value, multiplied, to every channel of its frame. One and two channels have loops that become vectors.
  @inline(__always) private static func spread(
    _ values: UnsafeBufferPointer<Float>, times gain: Float, over channels: Int,
    into samples: UnsafeMutableBufferPointer<Float>
  ) {
    switch channels {
    case 1: for frame in 0..<values.count { samples[frame] = values[frame] * gain }
    case 2:
      for frame in 0..<values.count {
        let value = values[frame] * gain
        samples[2 &* frame] = value
        samples[2 &* frame &+ 1] = value
      }
    default:
      for frame in 0..<values.count {
        let value = values[frame] * gain
        for channel in 0..<channels { samples[frame &* channels &+ channel] = value }
      }
    }
  }

  package static func multiply(
    _ samples: UnsafeMutableBufferPointer<Float>, channels: Int, byFrameGains gains: UnsafeBufferPointer<Float>
  ) {
    let frames = samples.count / channels
    switch channels {
    case 1: for frame in 0..<frames { samples[frame] *= gains[frame] }
    case 2:
      for frame in 0..<frames {
        let gain = gains[frame]
        samples[2 &* frame] *= gain
        samples[2 &* frame &+ 1] *= gain
      }
    default:
      for frame in 0..<frames {
        for channel in 0..<channels { samples[frame &* channels &+ channel] *= gains[frame] }
      }
    }
  }

  package static func subtract(
    _ other: UnsafeBufferPointer<Float>, times gain: Float, from samples: UnsafeMutableBufferPointer<Float>
  ) {
    for index in 0..<samples.count { samples[index] -= other[index] * gain }
  }

  package static func peak(_ samples: UnsafeBufferPointer<Float>) -> Float {
    var lanes = (Lanes.zero, Lanes.zero)
    let whole = overPairs(samples) { first, second in
      lanes.0 = magnitude(first).greater(lanes.0)
      lanes.1 = magnitude(second).greater(lanes.1)
    }
    let rest = ScalarKernels.peak(UnsafeBufferPointer(rebasing: samples[whole...]))
    return max(rest, lanes.0.greater(lanes.1).max())
  }

  package static func sumOfSquares(_ samples: UnsafeBufferPointer<Float>) -> Double { dot(samples, samples) }

  /// Floats are summed in vectors over short stretches, those in double: a long sum loses nothing.
  package static func dot(_ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>) -> Double {
    let count = min(left.count, right.count)
    guard let one = left.baseAddress, let two = right.baseAddress else { return 0 }
    let whole = count - count % stretch
    var total = 0.0
    var start = 0
    while start < whole {
      total += Double(dotStretch(one + start, two + start))
      start += stretch
    }
    let rest = count - whole
    return total
      + ScalarKernels.dot(
        UnsafeBufferPointer(start: one + whole, count: rest), UnsafeBufferPointer(start: two + whole, count: rest))
  }

  private static func dotStretch(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>) -> Float {
    var sums = (Lanes(), Lanes())
    var index = 0
    while index < stretch {
      sums.0 = cvector_add_products(sums.0, left + index, right + index)
      sums.1 = cvector_add_products(sums.1, left + (index + 8), right + (index + 8))
      index += 16
    }
    return cvector_sum(sums.0 + sums.1)
  }

  package static func allFinite(_ samples: UnsafeBufferPointer<Float>) -> Bool {
    guard let source = samples.baseAddress else { return true }
    var bits = (SIMD8<Int32>(), SIMD8<Int32>())
    let whole = samples.count & ~15
    var index = 0
    while index < whole {
      bits.0 = cvector_or_not_finite(bits.0, source + index)
      bits.1 = cvector_or_not_finite(bits.1, source + (index &+ 8))
      index &+= 16
    }
    return (bits.0 | bits.1) == .zero && samples[whole...].allSatisfy(\.isFinite)
  }

  typealias Lanes = SIMD8<Float>
  private static let stretch = 256

  @inline(__always) private static func load(_ samples: UnsafeBufferPointer<Float>, _ index: Int) -> Lanes {
    UnsafeRawBufferPointer(samples).loadUnaligned(fromByteOffset: index &* 4, as: Lanes.self)
  }

  @inline(__always) private static func magnitude(_ lanes: Lanes) -> Lanes {
    unsafeBitCast(unsafeBitCast(lanes, to: SIMD8<UInt32>.self) & 0x7fff_ffff, to: Lanes.self)
  }

  /// Calls `body` for each 16 samples; returns how many those were in all.
  @inline(__always) private static func overPairs(
    _ samples: UnsafeBufferPointer<Float>, _ body: (Lanes, Lanes) -> Void
  ) -> Int {
    let whole = samples.count - samples.count % 16
    var index = 0
    while index < whole {
      body(load(samples, index), load(samples, index + 8))
      index += 16
    }
    return whole
  }
}

extension SIMD8<Float> {
  @inline(__always) fileprivate func greater(_ other: Self) -> Self { replacing(with: other, where: other .> self) }
}
