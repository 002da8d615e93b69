import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Any feed's XML as elements. Its bytes are not trusted: no entities of its own, nothing from outside.
final class FeedReader: NSObject, XMLParserDelegate {
  /// Where reading stopped, and why.
  struct Fault: Error {
    let rule: GateRule
    let line: Int
  }

  /// Prefixes that stand for something else than the specification says.
  private(set) var wrongPrefixes: Set<String> = []
  private var root: FeedElement?
  private var open: [FeedElement] = []
  private var fault: Fault?

  /// - Returns: the outermost element.
  static func read(_ bytes: [UInt8]) throws(Fault) -> (root: FeedElement, wrongPrefixes: Set<String>) {
    guard bytes.count <= PublishLimits.feedBytes else { throw Fault(rule: .size, line: 1) }
    guard String(validating: bytes, as: UTF8.self) != nil, saysUTF8(bytes) else { throw Fault(rule: .utf8, line: 1) }
    guard !hasDoctype(bytes) else { throw Fault(rule: .doctype, line: 1) }
    let reader = FeedReader()
    let parser = XMLParser(data: Data(bytes))
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.delegate = reader
    let isWhole = parser.parse()
    if let fault = reader.fault { throw fault }
    guard isWhole, let root = reader.root else { throw Fault(rule: .xml, line: max(1, parser.lineNumber)) }
    return (root, reader.wrongPrefixes)
  }

  /// The declaration, where there is one, says UTF-8 or nothing, which means the same.
  private static func saysUTF8(_ bytes: [UInt8]) -> Bool {
    let head = String(decoding: bytes.prefix(256), as: UTF8.self)
    guard head.contains("<?xml"), let end = head.range(of: "?>"),
      let encoding = head[..<end.lowerBound].range(of: "encoding")
    else { return true }
    return head[encoding.upperBound..<end.lowerBound].lowercased().contains("utf-8")
  }

  /// Before the first element; elsewhere XML does not allow it.
  private static func hasDoctype(_ bytes: [UInt8]) -> Bool {
    let wanted = Array("<!DOCTYPE".utf8)
    for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "<") {
      if bytes[index...].starts(with: wanted) { return true }
      if ![UInt8(ascii: "!"), UInt8(ascii: "?")].contains(bytes[index + 1]) { return false }
    }
    return false
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    guard open.count < PublishLimits.depth else { return stop(parser, .xml) }
    let name = name(elementName, namespaceURI ?? "", qualifiedName ?? elementName)
    let element = FeedElement(name: name, attributes: attributes, line: parser.lineNumber)
    open.last?.append(element)
    if root == nil { root = element }
    open.append(element)
  }

  func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.append(string) }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    open.last?.append(String(decoding: block, as: UTF8.self))
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { stop(parser, .xml) }

  private func stop(_ parser: XMLParser, _ rule: GateRule) {
    if fault == nil { fault = Fault(rule: rule, line: max(1, parser.lineNumber)) }
    parser.abortParsing()
  }

  private func name(_ local: String, _ namespace: String, _ qualified: String) -> String {
    switch namespace {
    case "" where !qualified.contains(":"): return local
    case XMLNamespace.atom: return "atom:\(local)"
    // Older feeds write `DTDs`.
    case _ where namespace.lowercased() == XMLNamespace.itunes: return "itunes:\(local)"
    case XMLNamespace.podcast, XMLNamespace.oldPodcast: return "podcast:\(local)"
    default:
      let prefix = qualified.split(separator: ":").first.map(String.init) ?? ""
      if ["itunes", "podcast"].contains(prefix) { wrongPrefixes.insert(prefix) }
      return "other:\(local)"
    }
  }
}
