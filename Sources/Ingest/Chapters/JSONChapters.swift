import ShowModel

/// Podcasting 2.0 (`application/json+chapters`): `{"version": "1.2.0", "chapters": [{"startTime": 62.5, "title": "…"}]}`.
/// An entry with `"toc": false` only changes the picture, and is left out; so are pictures, which this program would have
/// to fetch.
enum JSONChapters {
  static func read(_ text: String, into builder: inout ChapterBuilder) throws {
    let root: StrictJSON.Node
    do { root = try StrictJSON.read(text) } catch { throw builder.errors.notJSON(error.line) }
    let members = try object(root, builder.errors)
    guard case .string(let version) = members["version"], version.hasPrefix("1."),
      case .array(let list) = members["chapters"]
    else { throw builder.errors.otherJSON(root.line) }
    for node in list {
      let members = try object(node, builder.errors)
      if case .bool(false) = members["toc"] { continue }
      try builder.add(
        written(members["startTime"]) ?? "", end: written(members["endTime"]), title: written(members["title"]) ?? "",
        url: written(members["url"]), line: node.line)
    }
  }

  private static func object(_ node: StrictJSON.Node, _ errors: ChapterErrors) throws -> [String: StrictJSON.Value] {
    guard case .object(let members) = node.value else { throw errors.otherJSON(node.line) }
    return Dictionary(members.map { ($0.key, $0.value.value) }) { first, _ in first }
  }

  /// Some programs write times as text.
  private static func written(_ value: StrictJSON.Value?) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    default: nil
    }
  }
}
