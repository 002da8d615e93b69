import CExpat
import Glibc

/// Reads XML, whose bytes are not trusted: no entities of its own, nothing from outside.
package enum XMLReader {
  /// What is read is no XML.
  package struct Fault: Error, Hashable {
    /// Where that shows, from 1 on.
    package let line: Int

    package init(line: Int) { self.line = line }
  }

  /// - Parameters:
  ///   - bytes: UTF-8, whatever a declaration says. With a DOCTYPE, they are no XML here: only that defines entities, whose
  ///     expansion has no end that a reader can foresee.
  ///   - namespaces: whether prefixes stand for namespaces, and must be declared; otherwise they belong to the names.
  ///   - events: told what is there, in order.
  /// - Throws: ``Fault``; what `events` throws, and nothing more is read then.
  package static func read(_ bytes: [UInt8], namespaces: Bool, _ events: any XMLEvents) throws {
    guard let count = Int32(exactly: bytes.count), let parser = Self.parser(namespaces: namespaces) else {
      throw Fault(line: 1)
    }
    defer { XML_ParserFree(parser) }
    let reading = Reading(parser, events)
    let isWhole = withExtendedLifetime(reading) {
      XML_SetUserData(parser, Unmanaged.passUnretained(reading).toOpaque())
      return bytes.withUnsafeBytes { bytes in
        XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count, 1) == XML_STATUS_OK
      }
    }
    if let error = reading.error { throw error }
    guard isWhole else { throw Fault(line: reading.line) }
  }

  private static func parser(namespaces: Bool) -> XML_Parser? {
    let parser = namespaces ? XML_ParserCreateNS("UTF-8", CChar(XMLName.separator)) : XML_ParserCreate("UTF-8")
    guard let parser else { return nil }
    XML_SetReturnNSTriplet(parser, 1)
    XML_SetElementHandler(
      parser, { Reading.of($0)?.start($1, $2) }, { reading, _ in Reading.of(reading)?.tell { $0.end() } })
    XML_SetCharacterDataHandler(parser) { reading, text, count in
      Reading.of(reading)?.text(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    XML_SetStartDoctypeDeclHandler(parser) { reading, _, _, _, _ in Reading.of(reading)?.refuse() }
    return parser
  }
}

/// What stands in a document, told in order.
package protocol XMLEvents: AnyObject {
  func start(_ tag: XMLStartTag) throws
  func end()
  /// Part of it, where there is much of it.
  func text(_ text: String)
}

extension XMLEvents {
  package func text(_ text: String) {}
}

package struct XMLStartTag: Hashable {
  package let name: XMLName
  /// By their names as they are written.
  package let attributes: [String: String]
  /// Where the tag begins, from 1 on.
  package let line: Int
}

package struct XMLName: Hashable {
  /// No character of any XML.
  fileprivate static let separator: UInt8 = 0x1F

  package let local: String
  /// Empty where there is none.
  package let namespace, prefix: String

  /// - Parameter text: namespace, local name and prefix, as far as they are there.
  fileprivate init(_ text: UnsafePointer<CChar>) {
    let parts = UnsafeBufferPointer(start: text, count: strlen(text)).split(separator: CChar(Self.separator))
      .map { String(decoding: $0.map(UInt8.init(bitPattern:)), as: UTF8.self) }
    local = parts.count > 1 ? parts[1] : parts.first ?? ""
    namespace = parts.count > 1 ? parts[0] : ""
    prefix = parts.count > 2 ? parts[2] : ""
  }

  /// As it is written.
  package var qualified: String { prefix.isEmpty ? local : "\(prefix):\(local)" }
}

/// One document that is being read.
private final class Reading {
  private let parser: XML_Parser
  private let events: any XMLEvents
  private(set) var error: (any Error)?

  init(_ parser: XML_Parser, _ events: any XMLEvents) { (self.parser, self.events) = (parser, events) }

  static func of(_ pointer: UnsafeMutableRawPointer?) -> Reading? {
    pointer.map { Unmanaged<Reading>.fromOpaque($0).takeUnretainedValue() }
  }

  var line: Int { max(1, Int(XML_GetCurrentLineNumber(parser))) }

  func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    guard let name else { return }
    var (found, rest) = ([String: String](), attributes)
    while let pair = rest, let name = pair[0], let value = pair[1] {
      found[XMLName(name).qualified] = String(cString: value)
      rest = pair + 2
    }
    let tag = XMLStartTag(name: XMLName(name), attributes: found, line: line)
    tell { try $0.start(tag) }
  }

  func text(_ text: UnsafeBufferPointer<CChar>) {
    tell { $0.text(String(decoding: text.lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)) }
  }

  func refuse() { stop(XMLReader.Fault(line: line)) }

  func tell(_ body: (any XMLEvents) throws -> Void) {
    // What was found already may still be told of once reading has been stopped.
    guard error == nil else { return }
    do { try body(events) } catch { stop(error) }
  }

  private func stop(_ error: any Error) {
    self.error = error
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }
}
