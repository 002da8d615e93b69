/// What the address of a private link holds: who knows it may listen. It never describes itself, so that no log or error
/// can leak it.
package struct LinkToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Of the public id and of the secret, in characters of base 32: 40 bits to look up, 130 to guess.
  package static let idLength = 8
  package static let secretLength = 26
  package static let length = idLength + secretLength

  /// Public: what lists, commands and the audit trail call the link.
  package let id: String
  /// 34 characters: the id, and the secret behind it.
  package let text: String

  /// A new one, from the system's random source (getrandom(2)).
  package init() {
    var source = SystemRandomNumberGenerator()
    id = Base32.random(count: Self.idLength, using: &source)
    text = id + Base32.random(count: Self.secretLength, using: &source)
  }

  /// - Returns: nil for anything but 34 characters of `a` to `z` and `2` to `7`.
  package init?(_ text: String) {
    guard text.utf8.count == Self.length, Base32.isText(text) else { return nil }
    self.text = text
    id = String(decoding: text.utf8.prefix(Self.idLength), as: UTF8.self)
  }

  /// Whether it looks like a public id.
  package static func isID(_ text: String) -> Bool {
    text.utf8.count == idLength && Base32.isText(text)
  }

  package var description: String { "(private)" }
  package var debugDescription: String { "(private)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
