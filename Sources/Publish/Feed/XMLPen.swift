/// Writes markup and texts where there is room for them: whoever holds it has seen to that.
struct XMLPen {
  /// Where it goes on.
  private(set) var place: UnsafeMutablePointer<UInt8>

  init(at place: UnsafeMutablePointer<UInt8>) { self.place = place }

  mutating func start(_ name: StaticString, _ attributes: [XMLBytes.Attribute], _ depth: Int) {
    indent(depth)
    put(UInt8(ascii: "<"))
    put(name)
    for index in attributes.indices {
      put(UInt8(ascii: " "))
      put(attributes[index].name)
      put(UInt8(ascii: "="))
      put(UInt8(ascii: "\""))
      put(attributes[index].value, isAttribute: true)
      put(UInt8(ascii: "\""))
    }
  }

  mutating func end(_ name: StaticString) {
    put(UInt8(ascii: "<"))
    put(UInt8(ascii: "/"))
    put(name)
    endLine()
  }

  mutating func endLine() {
    put(UInt8(ascii: ">"))
    put(UInt8(ascii: "\n"))
  }

  mutating func indent(_ depth: Int) {
    place.update(repeating: UInt8(ascii: " "), count: 2 * depth)
    place += 2 * depth
  }

  mutating func put(_ byte: UInt8) {
    place.pointee = byte
    place += 1
  }

  mutating func put(_ markup: StaticString) {
    place.update(from: markup.utf8Start, count: markup.utf8CodeUnitCount)
    place += markup.utf8CodeUnitCount
  }
}

// MARK: Texts

extension XMLPen {
  /// How many bytes are written for a text at the most: six, as in `&quot;`, for each of its own.
  static func most(for text: String) -> Int { 6 * text.utf8.count }

  mutating func put(_ text: String, isAttribute: Bool) {
    text.utf8.span.withUnsafeBufferPointer { put($0, isAttribute) }
  }

  private mutating func put(_ text: UnsafeBufferPointer<UInt8>, _ isAttribute: Bool) {
    guard let bytes = text.baseAddress else { return }
    var index = 0
    while index < text.count {
      let plain = Self.copyPlain(bytes + index, text.count - index, to: place)
      (index, place) = (index + plain, place + plain)
      guard index < text.count else { return }
      if bytes[index] < 0x40 || bytes[index] == 0xef, let change = Self.change(text, index, isAttribute) {
        put(change.with)
        index += change.length
      } else {
        put(bytes[index])
        index += 1
      }
    }
  }

  /// Eight bytes at a time, up to the first that ``change(_:_:_:)`` may have something to do with, or to the last few.
  /// - Returns: how many were copied. What is behind them may be overwritten, as far as there is text.
  @inline(__always)
  private static func copyPlain(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var done = 0
    while count - done >= 8 {
      let eight = UnsafeRawPointer(bytes + done).loadUnaligned(as: UInt64.self)
      UnsafeMutableRawPointer(place + done).storeBytes(of: eight, as: UInt64.self)
      let found = found(in: UInt64(littleEndian: eight))
      if found != 0 { return done + found.trailingZeroBitCount / 8 }
      done += 8
    }
    return done
  }

  /// - Parameter bytes: the first one lowest.
  /// - Returns: the highest bit of the first byte that ``change(_:_:_:)`` may have something to do with, and none of the
  ///   bytes before it.
  private static func found(in bytes: UInt64) -> UInt64 {
    func zeros(_ bytes: UInt64) -> UInt64 { (bytes &- every(0x01)) & ~bytes }
    // & and ' differ in one bit, < and > in another.
    let found =
      zeros(bytes & every(0xe0)) | zeros((bytes | every(0x01)) ^ every(0x27))
      | zeros((bytes | every(0x02)) ^ every(0x3e)) | zeros(bytes ^ every(0x22)) | zeros(bytes ^ every(0xef))
    return found & every(0x80)
  }

  private static func every(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

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
