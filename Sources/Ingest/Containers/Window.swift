/// Bytes of a file behind a window that moves forward, for walks over many small headers.
struct Window<Bytes: RandomAccessBytes> {
  let bytes: Bytes
  private var held: [UInt8] = []
  private var start: Int64 = 0

  init(_ bytes: Bytes) { self.bytes = bytes }

  /// Calls `body` with the `count` bytes from `offset` on, `count` being at most ``Limits/window``; nil where the file
  /// ends before.
  mutating func with<Result>(at offset: Int64, count: Int, _ body: (ArraySlice<UInt8>) -> Result) -> Result? {
    guard offset >= 0, count <= Limits.window, offset <= bytes.size - Int64(count) else { return nil }
    if offset < start || offset + Int64(count) > start + Int64(held.count) {
      held = bytes.bytes(at: offset, count: Limits.window)
      start = offset
    }
    let from = Int(offset - start)
    guard from + count <= held.count else { return nil }
    return body(held[from..<(from + count)])
  }

  /// Calls `body` with what there is from `offset` on, as far as it is at hand: `least` bytes or more, unless the file
  /// ends before.
  mutating func withRest<Result>(
    from offset: Int64, least: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result? {
    guard with(at: offset, count: least, { _ in true }) == true else { return nil }
    return held.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[Int(offset - start)...])) }
  }

  /// Four bytes as a big-endian number.
  mutating func word(at offset: Int64) -> UInt32? {
    with(at: offset, count: 4) { $0.reduce(0) { $0 << 8 | UInt32($1) } }
  }
}
