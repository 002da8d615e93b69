import HTTPTypes

/// What a request says about bytes that its sender has already (RFC 9110, 13).
struct Conditions {
  private let fields: HTTPFields

  init(_ fields: HTTPFields) { self.fields = fields }

  /// 304. A date counts only where no tag is given.
  func isUnchanged(_ representation: Representation) -> Bool {
    if fields.contains(.ifNoneMatch) {
      return fields[values: .ifNoneMatch].contains { Self.lists($0, representation.tag) }
    }
    guard let since = fields[.ifModifiedSince].flatMap(HTTPDate.seconds), let modified = representation.modified
    else { return false }
    return modified <= since
  }

  /// Whether a part may be sent, as its sender has the rest of the very same bytes.
  func allowsPart(_ representation: Representation) -> Bool {
    guard let condition = fields[.ifRange] else { return true }
    if condition == representation.tag { return true }
    return representation.modified.map { HTTPDate.seconds(condition) == $0 } ?? false
  }

  /// Compares weakly, as it must be for `If-None-Match` (RFC 9110, 13.1.2). A tag of ours has no comma in it.
  private static func lists(_ field: String, _ tag: String) -> Bool {
    field.split(separator: ",").contains { item in
      let item = item.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
      return item == "*" || (item.hasPrefix("W/") ? item.dropFirst(2) : item) == tag
    }
  }

  /// Whether the sender takes gzip (RFC 9110, 12.5.3).
  var acceptGzip: Bool {
    let codings = fields[values: .acceptEncoding].flatMap { $0.lowercased().split(separator: ",") }
    return codings.contains { coding in
      let parts = coding.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard let name = parts.first, name == "gzip" || name == "x-gzip" else { return false }
      return !parts.dropFirst().contains {
        $0 == "q=0" || $0.hasPrefix("q=0.") && $0.dropFirst(4).allSatisfy { $0 == "0" }
      }
    }
  }
}
