/// JSON (RFC 8259) read strictly, with the line of each value and numbers as they are written: Foundation's reader
/// makes binary fractions of times, and knows no lines.
package struct StrictJSON {
  /// Values in values.
  private static let deepest = 32

  package indirect enum Value {
    case object([(key: String, value: Node)])
    case array([Node])
    case string(String)
    /// As written.
    case number(String)
    case bool(Bool)
    case null
  }

  package struct Node {
    package let line: Int
    package let value: Value
  }

  /// Where reading stopped.
  package struct Fault: Error { package let line: Int }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  package static func read(_ text: String) throws(Fault) -> Node {
    var reader = StrictJSON(bytes: Array(text.utf8))
    let node = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == reader.bytes.count else { throw reader.fault }
    return node
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var fault: Fault { Fault(line: line) }
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) {
      if byte == 0x0a { line += 1 }
      position += 1
    }
  }

  private mutating func take(_ text: StaticString) -> Bool {
    let wanted = Array("\(text)".utf8)
    guard bytes[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  private mutating func value(depth: Int) throws(Fault) -> Node {
    skipSpace()
    guard depth < Self.deepest, let byte = next else { throw fault }
    let start = line
    switch byte {
    case UInt8(ascii: "{"): return Node(line: start, value: .object(try object(depth: depth)))
    case UInt8(ascii: "["): return Node(line: start, value: .array(try array(depth: depth)))
    case UInt8(ascii: "\""): return Node(line: start, value: .string(try string()))
    default:
      if take("true") { return Node(line: start, value: .bool(true)) }
      if take("false") { return Node(line: start, value: .bool(false)) }
      if take("null") { return Node(line: start, value: .null) }
      return Node(line: start, value: .number(try number()))
    }
  }

  private mutating func object(depth: Int) throws(Fault) -> [(key: String, value: Node)] {
    var members: [(key: String, value: Node)] = []
    position += 1
    skipSpace()
    if take("}") { return members }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault }
      let key = try string()
      skipSpace()
      guard take(":"), !members.contains(where: { $0.key == key }), members.count < 64 else { throw fault }
      members.append((key, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw fault }
    }
  }

  private mutating func array(depth: Int) throws(Fault) -> [Node] {
    var elements: [Node] = []
    position += 1
    skipSpace()
    if take("]") { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return elements }
      guard take(",") else { throw fault }
    }
  }

  private mutating func number() throws(Fault) -> String {
    let start = position
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    guard position > start else { throw fault }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func string() throws(Fault) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escape()
      case 0..<0x20: throw fault
      default: text.append(byte)
      }
    }
    throw fault
  }

  private mutating func escape() throws(Fault) -> [UInt8] {
    guard let byte = next else { throw fault }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): return try unicode()
    default: throw fault
    }
  }

  /// Characters past U+FFFF come as a pair of surrogates.
  private mutating func unicode() throws(Fault) -> [UInt8] {
    let first = try hex()
    var units = [first]
    if UTF16.isLeadSurrogate(first) {
      guard take("\\u") else { throw fault }
      units.append(try hex())
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw fault }
    return Array(text.utf8)
  }

  private mutating func hex() throws(Fault) -> UInt16 {
    guard position + 4 <= bytes.count else { throw fault }
    let digits = String(decoding: bytes[position..<(position + 4)], as: UTF8.self)
    guard digits.allSatisfy(\.isHexDigit), let value = UInt16(digits, radix: 16) else { throw fault }
    position += 4
    return value
  }
}
