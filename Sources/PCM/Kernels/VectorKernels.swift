/// The kernels as the compiler turns them into vector instructions: plain loops without branches where it does so by
/// itself, explicit vectors for sums and maxima, whose order it may not change.
package enum VectorKernels: SampleKernels {
  package static func interleave(
    _ planes: [UnsafeBufferPointer<Float>], into output: UnsafeMutableBufferPointer<Float>
  ) {
    guard planes.count == 2 else { return ScalarKernels.interleave(planes, into: output) }
    guard let left = planes[0].baseAddress, let right = planes[1].baseAddress else { return }
    writePieces(of: output, elements: 2, from: PastTheCache.Source(start: left, stride: 4)) { frames, piece in
      let (left, right) = (left + frames.lowerBound, right + frames.lowerBound)
      for frame in 0..<frames.count {
        piece[2 &* frame] = left[frame]
        piece[2 &* frame &+ 1] = right[frame]
      }
    }
  }

  package static func deinterleave(
    _ samples: UnsafeBufferPointer<Float>, into planes: [UnsafeMutableBufferPointer<Float>]
  ) {
    guard planes.count == 2 else { return ScalarKernels.deinterleave(samples, into: planes) }
    guard let source = samples.baseAddress, let left = planes[0].baseAddress else { return }
    let read = PastTheCache.Source(start: source, stride: 8)
    PastTheCache.write(planes[0].count, stride: 4, from: read, to: left, and: planes[1].baseAddress) {
      frames, left, right in
      guard let right = right?.assumingMemoryBound(to: Float.self) else { return }
      let (left, source) = (left.assumingMemoryBound(to: Float.self), source + 2 * frames.lowerBound)
      for frame in 0..<frames.count {
        left[frame] = source[2 &* frame]
        right[frame] = source[2 &* frame &+ 1]
      }
    }
  }

  package static func silence(_ samples: UnsafeMutableBufferPointer<Float>) {
    writePieces(of: samples, elements: 1) { _, piece in piece.update(repeating: 0) }
  }

  /// As ``PastTheCache/write(_:stride:from:to:_:)``, for frames of so many floats.
  @inline(__always) private static func writePieces(
    of output: UnsafeMutableBufferPointer<Float>, elements: Int, from source: PastTheCache.Source = .none,
    _ write: (Range<Int>, UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    guard let target = output.baseAddress else { return }
    PastTheCache.write(output.count / elements, stride: 4 * elements, from: source, to: target) { range, result in
      let floats = result.assumingMemoryBound(to: Float.self)
      write(range, UnsafeMutableBufferPointer(start: floats, count: range.count * elements))
    }
  }

  package static func tone(
    _ table: ToneTable, from start: FramePosition, channels: Int, into samples: UnsafeMutableBufferPointer<Float>
  ) {
    writePieces(of: samples, elements: channels) { frames, piece in
      tonePiece(table, from: start.index + Int64(frames.lowerBound), channels: channels, into: piece)
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
    writePieces(of: samples, elements: channels) { piece, samples in
      CoverNoise.table.eachRun(from: start.index + Int64(piece.lowerBound), count: piece.count) { values, frames in
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
    let whole = count - count % stretch
    var total = 0.0
    var start = 0
    while start < whole {
      var sums = (Lanes.zero, Lanes.zero)
      var index = start
      while index < start + stretch {
        sums.0 += load(left, index) * load(right, index)
        sums.1 += load(left, index + 8) * load(right, index + 8)
        index += 16
      }
      total += Double((sums.0 + sums.1).sum())
      start += stretch
    }
    let rest = whole..<count
    return total
      + ScalarKernels.dot(UnsafeBufferPointer(rebasing: left[rest]), UnsafeBufferPointer(rebasing: right[rest]))
  }

  /// A number less itself is 0 only where it is finite; vectors of those differences are or-ed as bits.
  package static func allFinite(_ samples: UnsafeBufferPointer<Float>) -> Bool {
    var bits = (SIMD8<UInt32>.zero, SIMD8<UInt32>.zero)
    let whole = overPairs(samples) { first, second in
      bits.0 |= unsafeBitCast(first - first, to: SIMD8<UInt32>.self)
      bits.1 |= unsafeBitCast(second - second, to: SIMD8<UInt32>.self)
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
