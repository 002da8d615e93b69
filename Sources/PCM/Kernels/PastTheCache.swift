import CVector

/// Writing more than the caches hold. A plain store reads its line from memory first, only to overwrite it; results
/// that go around the cache, as `memcpy` sends them, save a third of the traffic.
enum PastTheCache {
  /// Outputs of this many bytes or more gain: about the share of the last cache that a core has.
  static let least = 4 << 20
  /// Elements converted at once, whose result stays within the first cache.
  private static let piece = 2_048
  /// How much of a source is asked for at once, at most, in bytes, and how far ahead, in elements: a processor foresees
  /// no more than a page.
  private static let most = 1_024
  private static let ahead = 512

  /// What a kernel reads, in step with what it writes; nil where it makes up what it writes.
  struct Source {
    let start: UnsafeRawPointer?
    /// Bytes of one element.
    let stride: Int

    static var none: Source { Source(start: nil, stride: 0) }
  }

  /// Has `write` produce elements `range` of an output at the address it is given, for all of `0..<count` in order.
  ///
  /// - Parameter stride: bytes of one element.
  @inline(__always) static func write(
    _ count: Int, stride: Int, from source: Source, to target: UnsafeMutableRawPointer,
    _ write: (Range<Int>, UnsafeMutableRawPointer) -> Void
  ) {
    self.write(count, stride: stride, from: source, to: target, and: nil) { range, result, _ in write(range, result) }
  }

  /// As ``write(_:stride:from:to:_:)``, for two outputs at once; where there is no second one, `write` is given nil.
  @inline(__always) static func write(
    _ count: Int, stride: Int, from source: Source, to first: UnsafeMutableRawPointer,
    and second: UnsafeMutableRawPointer?,
    _ write: (Range<Int>, UnsafeMutableRawPointer, UnsafeMutableRawPointer?) -> Void
  ) {
    let isAligned = second.map { Int(bitPattern: $0) & 15 == Int(bitPattern: first) & 15 } ?? true
    guard count &* stride >= least, isAligned,
      let head = (0..<16).first(where: { (Int(bitPattern: first) + $0 * stride) % 16 == 0 })
    else { return write(0..<count, first, second) }
    write(0..<head, first, second)
    var done = head
    let step = source.stride * 256 > most ? 128 : 256
    withUnsafeTemporaryAllocation(byteCount: 2 * piece * stride, alignment: 64) { scratch in
      guard let result = scratch.baseAddress else { return }
      let other = second.map { _ in result + piece * stride }
      while done + piece <= count {
        for start in Swift.stride(from: 0, to: piece, by: step) {
          prefetch(source, step, from: done + start + ahead)
          write(done + start..<(done + start + step), result + start * stride, other.map { $0 + start * stride })
        }
        cvector_stream(first + done &* stride, result, piece &* stride)
        if let second, let other { cvector_stream(second + done &* stride, other, piece &* stride) }
        done += piece
      }
    }
    cvector_fence()
    write(done..<count, first + done * stride, second.map { $0 + done * stride })
  }

  /// Beyond the end as well: asking for what is not there does nothing.
  @inline(__always) private static func prefetch(_ source: Source, _ step: Int, from element: Int) {
    guard let start = source.start else { return }
    for offset in Swift.stride(from: 0, to: step &* source.stride, by: 64) {
      cvector_prefetch(Int(bitPattern: start) &+ element &* source.stride &+ offset)
    }
  }
}
