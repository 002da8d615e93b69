import CTagLib
import PCM
import ShowModel

/// What TagLib reads of a file.
enum TagLibTags {
  enum Status { case read, unknown, failed }

  static func read(descriptor: Int32, size: Int64, into found: inout FoundTags) -> Status {
    let limits = ctaglib_limits(
      most_bytes_at_once: Limits.tagBytes, most_bytes: Limits.allTagBytes, most_reads: Limits.tagReads)
    var handle: OpaquePointer?
    let status = ctaglib_read(descriptor, size, limits, &handle)
    guard status == CTAGLIB_OK, let handle else { return status == CTAGLIB_UNKNOWN_FORMAT ? .unknown : .failed }
    defer { ctaglib_free(handle) }
    for index in 0..<ctaglib_text_count(handle) { found.texts += texts(ctaglib_text_at(handle, index)) }
    for index in 0..<ctaglib_picture_count(handle) {
      let picture = ctaglib_picture_at(handle, index)
      found.pictures.append(Array(UnsafeBufferPointer(start: picture.bytes, count: picture.length)))
    }
    found.chapters = (0..<ctaglib_chapter_count(handle)).map { chapter(ctaglib_chapter_at(handle, $0)) }
    return .read
  }

  private static func chapter(_ chapter: ctaglib_chapter) -> Chapter {
    let url = String(cString: chapter.url)
    return Chapter(
      start: MediaTime(milliseconds: Int64(chapter.start)), end: MediaTime(milliseconds: Int64(chapter.end)),
      title: String(cString: chapter.title), url: url.isEmpty ? nil : url)
  }

  private static func texts(_ text: ctaglib_text) -> [FoundTags.Text] {
    let kind = TagKind(key: String(cString: text.key))
    let value = TextBytes.decode(UnsafeBufferPointer(start: text.value, count: text.length))
    let isXML = kind == .privateObject && value.contains("<")
    return isXML ? XMLTexts.of(value).map { FoundTags.Text(.XMP, $0) } : [FoundTags.Text(kind, value)]
  }
}
