/// How long the MP3 frames of one stream are, without taking their headers apart: for walks over whole files, where that
/// would take longer than reading them.
package struct FrameLengths: Sendable {
  /// Sync word, version, layer and rate, which are the same in all headers of a stream.
  private static let same: UInt32 = 0xFFFE_0C00

  private let common: UInt32
  /// By bit rate and padding; 0 where there is no such MP3 frame.
  private let lengths: [Int]

  package init(like header: FrameHeader) {
    common = header.word & Self.same
    lengths = (0..<UInt32(32)).map { index in
      FrameHeader(header.word & ~0xF200 | (index >> 1) << 12 | (index & 1) << 9)?.frameLength ?? 0
    }
  }

  /// - Returns: the length of the MP3 frame that begins with `word`; 0 where that is no header, of the free format, or
  ///   does not continue the stream (``FrameHeader/continues(_:)``).
  package func length(_ word: UInt32) -> Int {
    guard word & Self.same == common, word & 3 != 2 else { return 0 }
    return lengths[Int(word >> 11 & 30 | word >> 9 & 1)]
  }

  /// Goes from MP3 frame to MP3 frame, the first of which begins with the first of `bytes`.
  /// - Parameters:
  ///   - end: where the stream ends, counted like `bytes`, which may be fewer.
  ///   - take: called with the place and the header of each; false to stop in front of it.
  /// - Returns: behind the last one: where `bytes` hold no header, or the stream ends before the MP3 frame does.
  package func walk(_ bytes: UnsafeRawBufferPointer, end: Int64, _ take: (Int, UInt32) -> Bool) -> Int {
    var position = 0
    while position <= bytes.count - FrameHeader.byteCount {
      let word = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
      let length = length(word)
      guard length > 0, Int64(position + length) <= end, take(position, word) else { return position }
      position += length
    }
    return position
  }
}
