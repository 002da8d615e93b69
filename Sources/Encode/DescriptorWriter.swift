import Foundation
import ShowModel

/// Buffered writing to an open file that the caller owns, every error noticed.
struct DescriptorWriter: ~Copyable {
  private static let capacity = 1 << 18

  let descriptor: Int32
  /// Bytes taken so far, those not written yet included.
  private(set) var count: Int64 = 0
  private let buffer: UnsafeMutableRawBufferPointer
  private var filled = 0

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    buffer = .allocate(byteCount: Self.capacity, alignment: 64)
  }

  deinit { buffer.deallocate() }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    var left = bytes
    while !left.isEmpty {
      if filled == buffer.count { try flush() }
      let taken = min(left.count, buffer.count - filled)
      UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<(filled + taken)])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: left[..<taken]))
      filled += taken
      left = UnsafeRawBufferPointer(rebasing: left[taken...])
    }
    count += Int64(bytes.count)
  }

  mutating func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

  mutating func flush() throws {
    try Self.write(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), to: descriptor, at: nil)
    filled = 0
  }

  /// Replaces bytes that are in the file already.
  func overwrite(_ bytes: [UInt8], at offset: Int64) throws {
    try bytes.withUnsafeBytes { try Self.write($0, to: descriptor, at: offset) }
  }

  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int64?) throws {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count =
        offset.map { Foundation.pwrite(descriptor, rest.baseAddress, rest.count, off_t($0) + off_t(done)) }
        ?? Foundation.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw EncodeError.writeFailed(count < 0 ? errno : ENOSPC) }
      done += count
    }
  }
}
