import CTagLib
import PCM
import ShowModel

/// A tag of ID3v2.3 in memory, written by TagLib: what was given, and no name or date of a program's own.
struct ID3v2Tag: ~Copyable {
  private let handle: OpaquePointer

  /// - Throws: `EncodeError` `.badTag`.
  init() throws {
    guard let handle = ctaglib_id3v2_new() else { throw EncodeError.tagRefused() }
    self.handle = handle
  }

  deinit { ctaglib_id3v2_free(handle) }

  /// - Parameter name: as ID3v2.4 has it.
  func add(_ name: String, _ text: String) throws {
    try Self.check(ctaglib_id3v2_add_text(handle, name, text))
  }

  func add(comment: String) throws { try Self.check(ctaglib_id3v2_add_comment(handle, comment)) }

  func add(cover: Artwork) throws {
    let status = cover.bytes.withUnsafeBufferPointer {
      ctaglib_id3v2_add_cover(handle, cover.mediaType, $0.baseAddress, $0.count)
    }
    try Self.check(status)
  }

  /// - Parameter chapter: with an end.
  func add(_ chapter: Chapter) throws {
    let (start, end) = (Self.milliseconds(chapter.start), Self.milliseconds(chapter.end ?? chapter.start))
    try Self.check(ctaglib_id3v2_add_chapter(handle, start, end, chapter.title, chapter.url))
  }

  /// Without padding.
  func bytes() throws -> [UInt8] {
    var bytes = ctaglib_bytes()
    try Self.check(ctaglib_id3v2_render(handle, &bytes))
    return Array(UnsafeBufferPointer(start: bytes.bytes, count: bytes.length))
  }

  private static func milliseconds(_ time: MediaTime) -> UInt32 {
    UInt32(clamping: (time.nanoseconds + 500_000) / 1_000_000)
  }

  private static func check(_ status: ctaglib_status) throws {
    guard status == CTAGLIB_OK else { throw EncodeError.tagRefused() }
  }
}

extension EncodeError {
  fileprivate static func tagRefused() -> EncodeError {
    EncodeError(.badTag, problem: "a tag can't be written", remedy: "Use shorter and plainer text.", exit: .usage)
  }
}
