import Markup

/// Podlove Simple Chapters: `<psc:chapter start="00:01:02.500" title="…" href="https://…"/>`, alone or inside a feed.
/// Pictures are left out: this program would have to fetch them.
enum PodloveChapters {
  static func read(_ text: String, into builder: inout ChapterBuilder) throws {
    guard !text.contains("<!DOCTYPE"), !text.contains("<!ENTITY") else { throw builder.errors.unknownFormat() }
    let collector = Collector(builder)
    do {
      // Where somebody took a list out of a feed, prefixes may be left whose declaration is not.
      try XMLReader.read(Array(text.drop(while: \.isWhitespace).utf8), namespaces: false, collector)
    } catch let fault as XMLReader.Fault { throw builder.errors.notXML(fault.line) }
    guard collector.found else { throw builder.errors.unknownFormat() }
    builder = collector.builder
  }

  private final class Collector: XMLEvents {
    private(set) var builder: ChapterBuilder
    /// Whether there is a list, be it empty.
    private(set) var found = false

    init(_ builder: ChapterBuilder) { self.builder = builder }

    func start(_ tag: XMLStartTag) throws {
      let local = tag.name.local.split(separator: ":").last ?? ""
      if local == "chapters" { found = true }
      guard local == "chapter" else { return }
      try builder.add(
        tag.attributes["start"] ?? "", title: tag.attributes["title"] ?? "", url: tag.attributes["href"], line: tag.line
      )
    }

    func end() {}
  }
}
