/// XML 1.0 in UTF-8, appended byte by byte. Whatever text it is given, what comes out is well-formed.
struct XMLBytes {
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  typealias Attribute = (name: StaticString, value: String)

  init(reserving count: Int) {
    bytes.reserveCapacity(count)
    markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
  }

  /// An element with elements in it.
  mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], content: (inout XMLBytes) -> Void) {
    start(name, attributes)
    markup(">\n")
    depth += 1
    content(&self)
    depth -= 1
    indent()
    end(name)
  }

  mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], text: String) {
    start(name, attributes)
    markup(">")
    escape(text, isAttribute: false)
    end(name)
  }

  mutating func empty(_ name: StaticString, _ attributes: [Attribute] = []) {
    start(name, attributes)
    markup("/>\n")
  }

  private mutating func start(_ name: StaticString, _ attributes: [Attribute]) {
    indent()
    markup("<")
    markup(name)
    for (name, value) in attributes {
      markup(" ")
      markup(name)
      markup("=\"")
      escape(value, isAttribute: true)
      markup("\"")
    }
  }

  private mutating func end(_ name: StaticString) {
    markup("</")
    markup(name)
    markup(">\n")
  }

  private mutating func indent() {
    for _ in 0..<depth { markup("  ") }
  }

  private mutating func markup(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func escape(_ text: String, isAttribute: Bool) {
    var text = text
    text.withUTF8 { utf8 in
      var kept = 0
      for index in utf8.indices where utf8[index] < 0x40 || utf8[index] == 0xef {
        guard let change = Self.change(utf8, index, isAttribute) else { continue }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[kept..<index]))
        markup(change.with)
        kept = index + change.length
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[kept...]))
    }
  }

  /// A parser makes spaces of tabs and line ends in attributes, and drops CR everywhere, unless they are written as
  /// numbers. What XML 1.0 forbids (2.2) becomes a space, since it often stood between two words.
  private static func change(
    _ utf8: UnsafeBufferPointer<UInt8>, _ index: Int, _ isAttribute: Bool
  ) -> (with: StaticString, length: Int)? {
    switch utf8[index] {
    case UInt8(ascii: "&"): ("&amp;", 1)
    case UInt8(ascii: "<"): ("&lt;", 1)
    // For the sake of `]]>`.
    case UInt8(ascii: ">"): ("&gt;", 1)
    case UInt8(ascii: "\"") where isAttribute: ("&quot;", 1)
    case UInt8(ascii: "'") where isAttribute: ("&#39;", 1)
    case 0x09: isAttribute ? ("&#9;", 1) : nil
    case 0x0a: isAttribute ? ("&#10;", 1) : nil
    case 0x0d: ("&#13;", 1)
    case 0..<0x20: (" ", 1)
    // U+FFFE and U+FFFF.
    case 0xef where utf8[index + 1] == 0xbf && utf8[index + 2] >= 0xbe: (" ", 3)
    default: nil
    }
  }
}
