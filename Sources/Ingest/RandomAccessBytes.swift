import Glibc

/// Bytes that can be read at any place: a file, or an array in tests.
package protocol RandomAccessBytes {
  var size: Int64 { get }
  /// Fills `buffer` from `offset` on.
  /// - Returns: how many bytes there were, fewer than asked for only at the end; -1 where the medium failed.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int
}

extension RandomAccessBytes {
  /// At most `count` bytes from `offset` on; fewer at the end, none outside or where the medium failed.
  package func bytes(at offset: Int64, count: Int) -> [UInt8] {
    guard offset >= 0, offset < size, count > 0 else { return [] }
    let there = Int(min(Int64(count), size - offset))
    return [UInt8](unsafeUninitializedCapacity: there) { room, filled in
      filled = max(0, read(into: UnsafeMutableRawBufferPointer(room), at: offset))
    }
  }
}

/// The bytes of an open regular file, as long as it was when this was made. Does not own the descriptor, and leaves its
/// offset alone (`pread`).
package struct FileBytes: RandomAccessBytes {
  package let descriptor: Int32
  package let size: Int64

  package init(descriptor: Int32, size: Int64) {
    self.descriptor = descriptor
    self.size = size
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
    guard offset >= 0, offset < size else { return 0 }
    let wanted = Int(min(Int64(buffer.count), size - offset))
    var done = 0
    while done < wanted {
      let got = pread(descriptor, buffer.baseAddress?.advanced(by: done), wanted - done, off_t(offset) + off_t(done))
      if got < 0 && errno == EINTR { continue }
      if got < 0 { return -1 }
      if got == 0 { break }
      done += got
    }
    return done
  }
}

extension [UInt8]: RandomAccessBytes {
  package var size: Int64 { Int64(count) }

  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
    guard offset >= 0, offset < size else { return 0 }
    let from = Int(offset)
    let there = Swift.min(buffer.count, count - from)
    withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[from..<(from + there)])) }
    return there
  }

  /// The integer written at `offset`, or nil where the bytes end before it does.
  func integer<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int, bigEndian: Bool = false) -> Value? {
    let width = Value.bitWidth / 8
    guard offset >= 0, offset <= count - width else { return nil }
    var value: Value = 0
    for index in 0..<width {
      let byte = Value(truncatingIfNeeded: self[offset + (bigEndian ? index : width - 1 - index)])
      value = width == 1 ? byte : value << 8 | byte
    }
    return value
  }

  func starts(with text: String, at offset: Int = 0) -> Bool {
    let bytes = Array(text.utf8)
    guard offset >= 0, bytes.count <= count - offset else { return false }
    return self[offset..<(offset + bytes.count)].elementsEqual(bytes)
  }
}

/// Bytes that stand in for others at a place of the header.
struct Patch: Hashable {
  let offset: Int64
  let bytes: [UInt8]

  init<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value, at offset: Int64, bigEndian: Bool) {
    let ordered = bigEndian ? value.bigEndian : value.littleEndian
    self.offset = offset
    bytes = withUnsafeBytes(of: ordered) { Array($0) }
  }

  init(bytes: [UInt8], at offset: Int64) {
    self.offset = offset
    self.bytes = bytes
  }
}

/// A file as its header should have described it: `header` first, then what the file holds from `start` up to `end`,
/// with some of it replaced. Nothing is written to the file.
struct PatchedBytes: RandomAccessBytes {
  private let base: any RandomAccessBytes
  private let header: [UInt8]
  private let start: Int64
  let size: Int64
  /// At their places in the file.
  private let patches: [Patch]

  init(_ base: any RandomAccessBytes, header: [UInt8] = [], from start: Int64, to end: Int64, patches: [Patch] = []) {
    self.base = base
    self.header = header
    self.start = max(0, min(start, base.size))
    size = Int64(header.count) + max(0, min(end, base.size) - self.start)
    self.patches = patches
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
    guard offset >= 0, offset < size else { return 0 }
    let wanted = Int(min(Int64(buffer.count), size - offset))
    let fromHeader = header.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: offset)
    guard fromHeader < wanted else { return fromHeader }
    let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[fromHeader..<wanted])
    let place = start + offset + Int64(fromHeader) - Int64(header.count)
    let got = base.read(into: rest, at: place)
    guard got > 0 else { return got < 0 ? got : fromHeader }
    patch(UnsafeMutableRawBufferPointer(rebasing: rest[..<got]), at: place)
    return fromHeader + got
  }

  private func patch(_ buffer: UnsafeMutableRawBufferPointer, at place: Int64) {
    let range = place..<(place + Int64(buffer.count))
    for patch in patches where range.overlaps(patch.offset..<(patch.offset + Int64(patch.bytes.count))) {
      for (index, byte) in patch.bytes.enumerated() {
        let target = patch.offset + Int64(index) - place
        if target >= 0 && target < Int64(buffer.count) { buffer[Int(target)] = byte }
      }
    }
  }
}
