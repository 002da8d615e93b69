import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A feed as Foundation's reader sees it, which shares no code with the writer.
final class ReadBack: NSObject, XMLParserDelegate {
  private let wanted: String
  private var found: [[String: String]] = []
  private var text = ""
  private var isInside = false

  /// - Returns: of each such element its children's texts by tag, and their attributes by `tag@name`.
  static func elements(_ name: String, in bytes: [UInt8]) throws -> [[String: String]] {
    let reader = ReadBack(name)
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    #expect(parser.parse(), "line \(parser.lineNumber)")
    return reader.found
  }

  private init(_ wanted: String) { self.wanted = wanted }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    text = ""
    if elementName == wanted {
      isInside = true
      found.append([:])
    } else if isInside {
      for (name, value) in attributes { found[found.count - 1]["\(elementName)@\(name)"] = value }
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?) {
    if elementName == wanted { isInside = false }
    if isInside { found[found.count - 1][elementName] = text }
  }
}
