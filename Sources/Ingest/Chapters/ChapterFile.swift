import Glibc
import PCM
import ShowModel

/// Reads lists of chapters. Which format a file has is told by its content.
package enum ChapterFile {
  /// - Throws: ``IngestError`` with the file, the line and what to do. One bad line refuses the whole file.
  package static func read(path: String) throws -> [Chapter] {
    try read(bytes(of: path), name: path)
  }

  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: for errors.
  /// - Returns: at least one, in the order of their starts.
  package static func read(_ bytes: [UInt8], name: String) throws -> [Chapter] {
    let errors = ChapterErrors(name)
    guard bytes.count <= Limits.chapterFileBytes else { throw errors.tooLarge() }
    guard let text = TextFile.text(bytes) else { throw errors.unknownFormat() }
    var builder = ChapterBuilder(errors)
    let lines = TextFile.lines(text)
    switch text.first(where: { !$0.isWhitespace }) {
    case nil: throw errors.none()
    case "{", "[": try JSONChapters.read(lines.joined(separator: "\n"), into: &builder)
    case "<": try PodloveChapters.read(text, into: &builder)
    default: try MP4Chapters.read(lines, into: &builder)
    }
    return try builder.finished()
  }

  /// Each with an end: its own, the start of the next, or the end of the sound.
  /// - Throws: ``IngestError`` where one starts behind the sound.
  package static func fit(_ chapters: [Chapter], to length: MediaTime) throws -> [Chapter] {
    try chapters.indices.map { index in
      var chapter = chapters[index]
      guard chapter.start < length else {
        throw ChapterErrors(chapter.place?.file ?? "").pastTheEnd(chapter, length)
      }
      let next = index + 1 < chapters.count ? chapters[index + 1].start : length
      chapter.end = min(chapter.end ?? next, length)
      return chapter
    }
  }

  /// Opened without waiting, so that a named pipe can't hold the program up.
  private static func bytes(of path: String) throws -> [UInt8] {
    let descriptor = path.utf8.contains(0) ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw ChapterErrors(path).unreadable() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ChapterErrors(path).unreadable()
    }
    let file = FileBytes(descriptor: descriptor, size: Int64(status.st_size))
    return file.bytes(at: 0, count: Limits.chapterFileBytes + 1)
  }
}

/// Makes chapters of what a format found, with the errors that every format shares.
struct ChapterBuilder {
  let errors: ChapterErrors
  private var chapters: [Chapter] = []

  init(_ errors: ChapterErrors) { self.errors = errors }

  /// - Parameters:
  ///   - start, end: as written.
  ///   - url: nil or empty where there is none.
  mutating func add(_ start: String, end: String? = nil, title: String, url: String? = nil, line: Int) throws {
    let from = try time(start, "start", line)
    let until = try end.map { try time($0, "end", line) }
    let title = title.trimmed
    guard !title.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw errors.controlCharacter(line)
    }
    guard !title.isEmpty else { throw errors.noTitle(line) }
    guard title.utf8.count <= Limits.chapterTitleBytes else { throw errors.longTitle(line) }
    if let last = chapters.last, from <= last.start { throw errors.notAscending(from, line) }
    if let until, until <= from { throw errors.endBeforeStart(line) }
    guard chapters.count < Limits.chapters else { throw errors.tooMany(line) }
    let link = url?.trimmed ?? ""
    if !link.isEmpty, !Self.isAddress(link) { throw errors.badAddress(line) }
    chapters.append(
      Chapter(start: from, end: until, title: title, url: link.isEmpty ? nil : link, place: errors.place(line)))
  }

  func finished() throws -> [Chapter] {
    guard !chapters.isEmpty else { throw errors.none() }
    return chapters
  }

  private func time(_ text: String, _ which: String, _ line: Int) throws -> MediaTime {
    guard let time = TimeText.parse(text, rounding: .down) else { throw errors.badTime(which, line) }
    return time
  }

  /// In ASCII, as ID3v2 wants it.
  private static func isAddress(_ text: String) -> Bool {
    (text.hasPrefix("https://") || text.hasPrefix("http://")) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
      && text.utf8.count <= Limits.chapterTitleBytes
  }
}

extension StringProtocol {
  var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
