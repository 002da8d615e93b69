import Foundation
import Markup

/// Any feed's XML as elements. Its bytes are not trusted: no entities of its own, nothing from outside.
final class FeedReader: XMLEvents {
  /// Where reading stopped, and why.
  struct Fault: Error {
    let rule: GateRule
    let line: Int
  }

  /// Prefixes that stand for something else than the specification says.
  private(set) var wrongPrefixes: Set<String> = []
  private var root: FeedElement?
  private var open: [FeedElement] = []

  /// - Returns: the outermost element.
  static func read(_ bytes: [UInt8]) throws(Fault) -> (root: FeedElement, wrongPrefixes: Set<String>) {
    guard bytes.count <= PublishLimits.feedBytes else { throw Fault(rule: .size, line: 1) }
    guard String(validating: bytes, as: UTF8.self) != nil, saysUTF8(bytes) else { throw Fault(rule: .utf8, line: 1) }
    guard !hasDoctype(bytes) else { throw Fault(rule: .doctype, line: 1) }
    let reader = FeedReader()
    do { try XMLReader.read(bytes, namespaces: true, reader) } catch {
      throw Fault(rule: .xml, line: (error as? XMLReader.Fault)?.line ?? 1)
    }
    guard let root = reader.root else { throw Fault(rule: .xml, line: 1) }
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

  func start(_ tag: XMLStartTag) throws {
    guard open.count < PublishLimits.depth else { throw XMLReader.Fault(line: tag.line) }
    let element = FeedElement(name: name(tag.name), attributes: tag.attributes, line: tag.line)
    open.last?.append(element)
    if root == nil { root = element }
    open.append(element)
  }

  func end() { open.removeLast() }

  func text(_ text: String) { open.last?.append(text) }

  private func name(_ name: XMLName) -> String {
    switch name.namespace {
    case "": return name.local
    case XMLNamespace.atom: return "atom:\(name.local)"
    // Older feeds write `DTDs`.
    case _ where name.namespace.lowercased() == XMLNamespace.itunes: return "itunes:\(name.local)"
    case XMLNamespace.podcast, XMLNamespace.oldPodcast: return "podcast:\(name.local)"
    default:
      if ["itunes", "podcast"].contains(name.prefix) { wrongPrefixes.insert(name.prefix) }
      return "other:\(name.local)"
    }
  }
}
