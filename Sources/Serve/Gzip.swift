import CZlib
import NIOCore

/// zlib, in the gzip format.
enum Gzip {
  /// 15 bits of window, and 16 for a gzip header and trailer (zlib.h, `deflateInit2`). The header tells no time.
  private static let windowBits: Int32 = 15 + 16
  private static let memoryLevel: Int32 = 8
  private static let level: Int32 = 6

  /// - Complexity: linear; holds input and output in memory.
  static func compress(_ input: ByteBuffer) throws -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, level, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw ServeError.failed }
    defer { deflateEnd(&stream) }
    var source = Array(input.readableBytesView)
    let (count, room) = (UInt32(clamping: source.count), Int(deflateBound(&stream, UInt(source.count))))
    let output = [UInt8](unsafeUninitializedCapacity: room) { target, written in
      source.withUnsafeMutableBufferPointer { bytes in
        (stream.next_in, stream.avail_in) = (bytes.baseAddress, count)
        (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(clamping: room))
        written = deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
      }
    }
    guard !output.isEmpty else { throw ServeError.failed }
    return output
  }
}
