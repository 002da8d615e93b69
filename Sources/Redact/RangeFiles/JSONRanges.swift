import PCM
import ShowModel

/// `{"version": 1, "ranges": [{"start": 62.5, "end": 63.1, "fill": "bip", "reason": "name", "label": "…", "note": "…"}]}`;
/// times are numbers of seconds, or text as in a CSV. Only start and end must be there.
enum JSONRanges {
  static func read(_ text: RangeText) throws -> [RedactionRange] {
    let root: StrictJSON.Node
    do { root = try StrictJSON.read(text.lines.joined(separator: "\n")) } catch {
      throw text.errors.error(
        .badLine, line: error.line, "this is not valid JSON", "Look for a missing comma, quotation mark or bracket.")
    }
    let members = try object(root, allowing: ["version", "ranges"], text.errors)
    guard case .number("1") = members["version"]?.value, case .array(let list) = members["ranges"]?.value else {
      throw text.errors.error(
        .badColumn, line: root.line, "this JSON is no list of ranges of version 1",
        "It reads: {\"version\": 1, \"ranges\": [{\"start\": 62.5, \"end\": 63.1}]}")
    }
    var builder = RangeBuilder(text.errors)
    for node in list { try add(node, to: &builder) }
    return try builder.finished()
  }

  private static func object(
    _ node: StrictJSON.Node, allowing keys: [String], _ errors: RangeFileErrors
  ) throws -> [String: StrictJSON.Node] {
    guard case .object(let members) = node.value else {
      throw errors.error(.badColumn, line: node.line, "an object in {} is missing here", "Write each range in {}.")
    }
    for member in members where !keys.contains(member.key) {
      throw errors.error(
        .badColumn, line: member.value.line, "a key is not known here", "Known are \(keys.joined(separator: ", ")).")
    }
    return Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
  }

  private static func add(_ node: StrictJSON.Node, to builder: inout RangeBuilder) throws {
    let errors = builder.errors
    let keys = ["start", "end", "fill", "reason", "label", "note"]
    let members = try object(node, allowing: keys, errors)
    func text(_ key: String) throws -> String {
      switch members[key]?.value {
      case .string(let text): return text
      case .number(let text) where key == "start" || key == "end": return text
      case nil, .null: return ""
      default:
        throw errors.error(
          .badWord, line: members[key]?.line, "the value of \(key) is of the wrong kind",
          "Write text in quotation marks.")
      }
    }
    try builder.add(text("start"), text("end"), line: node.line, label: text("label"))
    let fill = try builder.fill(text("fill"), line: node.line)
    let reason = try builder.reason(text("reason"), line: node.line)
    let note = try text("note")
    builder.change {
      $0.fill = fill
      $0.reason = reason
      $0.note = note.isEmpty ? nil : PrivateText(note)
    }
  }
}
