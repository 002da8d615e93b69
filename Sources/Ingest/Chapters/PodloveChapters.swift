import Foundation
import FoundationXML

/// Podlove Simple Chapters: `<psc:chapter start="00:01:02.500" title="…" href="https://…"/>`, alone or inside a feed.
/// Pictures are left out: this program would have to fetch them.
enum PodloveChapters {
  static func read(_ text: String, into builder: inout ChapterBuilder) throws {
    // Nothing else declares entities, whose expansion has no end that a reader can foresee.
    guard !text.contains("<!DOCTYPE"), !text.contains("<!ENTITY") else { throw builder.errors.unknownFormat() }
    let collector = Collector(builder)
    // The text is UTF-8 by now, whatever its first line says.
    let parser = XMLParser(data: Data(Self.undeclared(text).utf8))
    parser.shouldResolveExternalEntities = false
    parser.delegate = collector
    let isWhole = parser.parse()
    if let error = collector.error { throw error }
    guard isWhole, collector.isClosed else { throw builder.errors.notXML(max(1, parser.lineNumber)) }
    guard collector.found else { throw builder.errors.unknownFormat() }
    builder = collector.builder
  }

  /// The same without the declaration of an encoding, in as many lines.
  private static func undeclared(_ text: String) -> String {
    let text = text.drop(while: \.isWhitespace)
    guard text.hasPrefix("<?xml"), let end = text.range(of: "?>") else { return String(text) }
    return "<?xml version=\"1.0\"?>" + text[..<end.lowerBound].filter(\.isNewline) + text[end.upperBound...]
  }

  private final class Collector: NSObject, XMLParserDelegate {
    private(set) var builder: ChapterBuilder
    private(set) var error: (any Error)?
    /// Whether there is a list, be it empty.
    private(set) var found = false
    private var depth = 0

    /// The parser takes a document that ends too early.
    var isClosed: Bool { depth == 0 }

    init(_ builder: ChapterBuilder) { self.builder = builder }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      depth += 1
      let local = name.split(separator: ":").last ?? ""
      if local == "chapters" { found = true }
      guard local == "chapter", error == nil else { return }
      do {
        try builder.add(
          attributes["start"] ?? "", title: attributes["title"] ?? "", url: attributes["href"],
          line: max(1, parser.lineNumber))
      } catch {
        self.error = error
        parser.abortParsing()
      }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      depth -= 1
    }
  }
}
