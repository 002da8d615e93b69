/// A request in its plainest form (RFC 9112): `GET` of a path, without a body, without conditions and without a word about
/// the connection, in bytes that can be read in one way only. Nearly every request of an app or of a web server in front is
/// one, and reading it takes a tenth of what the library needs that reads all others.
package struct PlainRequest: Sendable {
  /// Of the request line.
  let target: String
  /// The fields that an answer may depend on.
  private(set) var range, userAgent, realIP: String?
  /// Of the head, which is all of it.
  package let byteCount: Int

  /// - Parameter bytes: what a connection has sent, from the beginning of a request.
  /// - Returns: nil for every other request, also for one that has not come to its end.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    var head = Head(UnsafeRawBufferPointer(rebasing: bytes.prefix(Limits.plainHeadBytes)))
    guard let target = head.target() else { return nil }
    var hasHost = false
    while !head.isAtEnd() {
      guard let (name, value) = head.field() else { return nil }
      if head.isName(name, "range") {
        guard range == nil else { return nil }
        range = head.text(value)
      } else if head.isName(name, "user-agent") {
        guard userAgent == nil else { return nil }
        userAgent = head.text(value)
      } else if head.isName(name, "x-real-ip") {
        guard realIP == nil else { return nil }
        realIP = head.text(value)
      } else if head.isName(name, "host") {
        guard !hasHost else { return nil }
        hasHost = true
      } else if Self.unwanted.contains(where: { head.isName(name, $0) }) {
        return nil
      }
    }
    guard hasHost else { return nil }
    (self.target, byteCount) = (target, head.place)
  }

  /// They say how the message or the connection goes on, or what is to be done about bytes that their sender has already.
  private static let unwanted: [StaticString] = [
    "connection", "content-length", "expect", "http2-settings", "if-match", "if-modified-since", "if-none-match",
    "if-range", "if-unmodified-since", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding",
    "upgrade",
  ]
}

/// The bytes of a head, read from the front.
private struct Head {
  private static let (space, tab) = (UInt8(0x20), UInt8(0x09))

  private let bytes: UnsafeRawBufferPointer
  private(set) var place = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// All of the request line is skipped.
  mutating func target() -> String? {
    guard skip("GET "), place < bytes.count, bytes[place] == UInt8(ascii: "/") else { return nil }
    let target = take { (0x21...0x7e).contains($0) }
    return skip(" HTTP/1.1\r\n") ? text(target) : nil
  }

  /// Whether the empty line comes; it is skipped.
  mutating func isAtEnd() -> Bool { skip("\r\n") }

  /// - Returns: the places of the name and of the value.
  mutating func field() -> (name: Range<Int>, value: Range<Int>)? {
    let name = take { (0x61...0x7a).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    guard !name.isEmpty, skip(":") else { return nil }
    var value = take { (0x20...0x7e).contains($0) || $0 == Self.tab }
    guard skip("\r\n") else { return nil }
    while let first = value.first, Self.isBlank(bytes[first]) { value.removeFirst() }
    while let last = value.last, Self.isBlank(bytes[last]) { value.removeLast() }
    return (name, value)
  }

  private mutating func take(_ isWanted: (UInt8) -> Bool) -> Range<Int> {
    let start = place
    while place < bytes.count, isWanted(bytes[place]) { place += 1 }
    return start..<place
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - place >= count else { return false }
    for index in 0..<count where bytes[place + index] != text.utf8Start[index] { return false }
    place += count
    return true
  }

  /// - Parameter known: in lower case.
  func isName(_ name: Range<Int>, _ known: StaticString) -> Bool {
    guard name.count == known.utf8CodeUnitCount else { return false }
    // No name has a sign that this bit turns into another one of a name.
    return name.indices.allSatisfy { bytes[$0] | 0x20 == known.utf8Start[$0 - name.lowerBound] }
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
}
