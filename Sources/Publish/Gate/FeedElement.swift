/// An element of a feed that was read.
final class FeedElement {
  /// With the usual prefix, whatever the feed calls it: `itunes:image`, `podcast:guid`, `title`.
  let name: String
  let attributes: [String: String]
  /// From 1 on; where its start tag begins.
  let line: Int
  private(set) var children: [FeedElement] = []
  private(set) var text = ""

  init(name: String, attributes: [String: String], line: Int) {
    (self.name, self.attributes, self.line) = (name, attributes, line)
  }

  func append(_ child: FeedElement) { children.append(child) }

  func append(_ more: String) { text += more }

  subscript(name: String) -> FeedElement? { children.first { $0.name == name } }

  func all(_ name: String) -> [FeedElement] { children.filter { $0.name == name } }

  /// Without spaces around it.
  var trimmed: String {
    // Foundation's way costs more than all rules together.
    let scalars = text.unicodeScalars
    let isInk = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
    guard let first = scalars.firstIndex(where: isInk), let last = scalars.lastIndex(where: isInk) else { return "" }
    return String(scalars[first...last])
  }
}
