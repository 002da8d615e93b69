import CVector

/// Writing more than the caches hold. A plain store reads its line from memory first, only to overwrite it; results
/// that go around the cache, as `memcpy` sends them, save a third of the traffic.
enum PastTheCache {
  /// Outputs of this many bytes or more gain: about the share of the last cache that a core has.
  static let least = 4 << 20
  /// Elements whose result is gathered in the first cache before it goes on, in whole lines: what fills one in parts goes
  /// to memory in parts.
  private static let (piece, pieceOfTwo) = (512, 64)
  /// How far ahead a source is asked for, in elements: a processor foresees no more than a page.
  private static let ahead = 256
  /// Elements written at once. Asking for more lines at once than one or two holds up those that are needed now.
  static let line = 16

  /// What a kernel reads, in step with what it writes; nothing where it makes up what it writes.
  struct Source {
    let first, second: UnsafeRawPointer?
    /// Bytes of one element.
    let stride: Int

    init(_ first: UnsafeRawPointer?, and second: UnsafeRawPointer? = nil, stride: Int) {
      (self.first, self.second, self.stride) = (first, second, stride)
    }

    static var none: Source { Source(nil, stride: 0) }
  }

  /// Has `write` produce so many elements of an output, from a first one on, at the address it is given; in order, for all
  /// of `0..<count`.
  ///
  /// - Parameters:
  ///   - stride: bytes of one element.
  ///   - step: elements to ask of `write` at once, a divisor of 512.
  @inline(__always) static func write(
    _ count: Int, stride: Int, from source: Source, to target: UnsafeMutableRawPointer, step: Int = line,
    _ write: (_ first: Int, _ count: Int, UnsafeMutableRawPointer) -> Void
  ) {
    self.write(count, stride: stride, from: source, to: target, and: nil, step: step) { element, count, result, _ in
      write(element, count, result)
    }
  }

  /// As ``write(_:stride:from:to:step:_:)``, for two outputs at once; where there is no second one, `write` is given nil.
  @inline(__always) static func write(
    _ count: Int, stride: Int, from source: Source, to first: UnsafeMutableRawPointer,
    and second: UnsafeMutableRawPointer?, step: Int = line,
    _ write: (_ first: Int, _ count: Int, UnsafeMutableRawPointer, UnsafeMutableRawPointer?) -> Void
  ) {
    let isAligned = second.map { Int(bitPattern: $0) & 63 == Int(bitPattern: first) & 63 } ?? true
    guard count &* stride >= least, isAligned,
      let head = (0..<64).first(where: { (Int(bitPattern: first) + $0 * stride) % 64 == 0 })
    else { return write(0, count, first, second) }
    write(0, head, first, second)
    var done = head
    let piece = second == nil ? piece : pieceOfTwo
    withUnsafeTemporaryAllocation(byteCount: 2 * piece * stride, alignment: 64) { scratch in
      guard let result = scratch.baseAddress else { return }
      let other = second.map { _ in result + piece * stride }
      while done &+ piece <= count {
        var start = 0
        while start < piece {
          prefetch(source, step, from: done &+ start &+ ahead)
          write(done &+ start, step, result + start &* stride, other.map { $0 + start &* stride })
          start &+= step
        }
        cvector_stream(first + done &* stride, result, piece &* stride)
        if let second, let other { cvector_stream(second + done &* stride, other, piece &* stride) }
        done &+= piece
      }
    }
    cvector_fence()
    write(done, count - done, first + done * stride, second.map { $0 + done * stride })
  }

  /// Asks for what will be read after `source`.
  @inline(__always) static func prefetch(_ source: UnsafePointer<Float>) {
    cvector_prefetch(Int(bitPattern: source) &+ ahead &* 4)
  }

  /// Beyond the end as well: asking for what is not there does nothing.
  @inline(__always) private static func prefetch(_ source: Source, _ step: Int, from element: Int) {
    var offset = 0
    while offset < step &* source.stride {
      if let first = source.first { cvector_prefetch(Int(bitPattern: first) &+ element &* source.stride &+ offset) }
      if let second = source.second { cvector_prefetch(Int(bitPattern: second) &+ element &* source.stride &+ offset) }
      offset &+= 64
    }
  }
}
