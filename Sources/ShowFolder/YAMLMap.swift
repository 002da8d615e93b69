import Foundation
import ShowModel
import Yams

/// The keys and values of a YAML file, each read once: what is left in the end was not expected.
///
/// What stands in a show's files is written by its editor, for the public but for lists of ranges: keys and short values
/// are repeated in errors.
struct YAMLMap {
  /// Bytes of a file. A show with a novel as its description has a fiftieth.
  static let largest = 1 << 20

  let place: Place
  private let entries: [String: Node]
  private let lines: [String: Int]
  /// Of the whole file.
  private let source: [Substring]

  /// - Parameters:
  ///   - path: of the file on disk.
  ///   - name: as errors say it.
  ///   - keys: all that may be in it.
  init(path: String, name: String, keys: [String]) throws(ShowFolderError) {
    let text = try Self.text(path, name)
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch { throw Self.notYAML(error, name) }
    try self.init(node, Place(file: name), keys, TextFile.lines(text))
  }

  private init(_ node: Node?, _ place: Place, _ keys: [String], _ source: [Substring]) throws(ShowFolderError) {
    guard let mapping = node?.mapping else {
      throw ShowFolderError(.notYAML, at: place, "there are no keys and values here", "Write lines such as “title: …”.")
    }
    (self.place, self.source) = (place, source)
    var (entries, lines): ([String: Node], [String: Int]) = ([:], [:])
    for (key, value) in mapping {
      let (name, line) = (key.scalar?.string ?? "", key.mark?.line)
      guard keys.contains(name) else { throw Self.unknown(name, Place(file: place.file, line: line), keys) }
      entries[name] = value
      lines[name] = line
    }
    (self.entries, self.lines) = (entries, lines)
  }

  func place(of key: String) -> Place { Place(file: place.file, line: lines[key] ?? place.line) }

  func bad(_ key: String, _ problem: String, _ remedy: String) -> ShowFolderError {
    ShowFolderError(.badValue, at: place(of: key), "“\(key)” \(problem)", remedy)
  }

  // MARK: Values

  /// - Returns: nil where the key is not there, or has no value.
  func text(_ key: String) throws(ShowFolderError) -> String? {
    guard let node = entries[key] else { return nil }
    guard let scalar = node.scalar else { throw bad(key, "is not a text", "Write one value behind it.") }
    if isCut(scalar) {
      throw bad(
        key, "ends in front of a #, which begins a comment",
        "Put the text in quotes; a comment has a space behind its #.")
    }
    let text = scalar.string.trimmingCharacters(in: .whitespacesAndNewlines)
    if let control = text.unicodeScalars.first(where: { $0.value < 32 && !["\t", "\n", "\r"].contains($0) }) {
      throw bad(key, "holds a control character (\(control.value))", "Type it again.")
    }
    return text.isEmpty || scalar.style == .plain && ["~", "null"].contains(text) ? nil : text
  }

  /// `Episode #1 of May` is “Episode” to YAML.
  private func isCut(_ scalar: Node.Scalar) -> Bool {
    guard scalar.style == .plain, let mark = scalar.mark, source.indices.contains(mark.line - 1) else { return false }
    return source[mark.line - 1].dropFirst(max(0, mark.column - 2)).contains(/\s#[^\s#]/)
  }

  func required(_ key: String, _ example: String) throws(ShowFolderError) -> String {
    if let text = try text(key) { return text }
    throw ShowFolderError(
      .missingKey, at: place(of: key), "“\(key)” is missing", "Write one, such as “\(key): \(example)”.")
  }

  func flag(_ key: String) throws(ShowFolderError) -> Bool? {
    guard let text = try text(key) else { return nil }
    switch text.lowercased() {
    case "yes", "true", "oui": return true
    case "no", "false", "non": return false
    default: throw bad(key, "is neither yes nor no", "Write “yes” or “no”.")
    }
  }

  func number(_ key: String, _ range: ClosedRange<Int>) throws(ShowFolderError) -> Int? {
    guard let text = try text(key) else { return nil }
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), range.contains(number) else {
      throw bad(
        key, "is not a whole number from \(range.lowerBound) to \(range.upperBound)", "Write it in digits.")
    }
    return number
  }

  func word<Word: RawRepresentable & CaseIterable>(_ key: String, _: Word.Type) throws(ShowFolderError) -> Word?
  where Word.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let word = Word(rawValue: text.lowercased()) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw bad(key, "is none of its words", "Write one of: \(words).")
    }
    return word
  }

  /// One text, or a list of them; nil where the key is not there.
  func texts(_ key: String) throws(ShowFolderError) -> [String]? {
    guard let node = entries[key], let sequence = node.sequence else { return try text(key).map { [$0] } }
    var texts: [String] = []
    for element in sequence {
      guard let text = element.scalar?.string, !text.isEmpty else {
        throw bad(key, "is not a list of texts", "Write one text behind each hyphen.")
      }
      texts.append(text)
    }
    return texts
  }

  func map(_ key: String, keys: [String]) throws(ShowFolderError) -> YAMLMap? {
    guard let node = entries[key] else { return nil }
    if let scalar = node.scalar, scalar.string.isEmpty { return nil }
    return try YAMLMap(node, place(of: key), keys, source)
  }

  // MARK: Reading

  private static func text(_ path: String, _ name: String) throws(ShowFolderError) -> String {
    guard let handle = FileHandle(forReadingAtPath: path),
      let data = try? handle.read(upToCount: largest + 1)
    else {
      throw ShowFolderError(
        .unreadable, at: Place(file: name), "this file can't be read", "Look whether it is there.", exit: .noInput)
    }
    guard data.count <= largest else {
      throw ShowFolderError(.unreadable, at: Place(file: name), "this file is too large", "It may have a megabyte.")
    }
    guard let text = TextFile.text([UInt8](data)) else {
      throw ShowFolderError(.notYAML, at: Place(file: name), "this is no text", "Save it as text in UTF-8.")
    }
    return text
  }

  private static func notYAML(_ error: any Error, _ name: String) -> ShowFolderError {
    let (problem, line): (String, Int?) =
      switch error as? YamlError {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        (problem, mark.line)
      case .duplicatedKeysInMapping(let duplicates, let context):
        ("a key is there twice: \(duplicates.joined(separator: ", "))", context.mark.line)
      default: ("it is not understood", nil)
      }
    return ShowFolderError(
      .notYAML, at: Place(file: name, line: line), "this is not YAML: \(problem)",
      "Look at this line and the one before: a text with “: ” or “#” in it needs quotes, and tabs don't indent.")
  }

  private static func unknown(_ key: String, _ place: Place, _ keys: [String]) -> ShowFolderError {
    let close = keys.min { distance($0, key) < distance($1, key) }
    let hint = close.flatMap { distance($0, key) <= 2 ? "Did you mean “\($0)”?" : nil }
    return ShowFolderError(
      .unknownKey, at: place, "there is no key “\(key)”", hint ?? "There are: \(keys.joined(separator: ", ")).")
  }

  /// How many letters must change to make one word of the other (Levenshtein).
  private static func distance(_ one: String, _ two: String) -> Int {
    let (one, two) = (Array(one.lowercased()), Array(two.lowercased()))
    var row = Array(0...two.count)
    for (index, letter) in one.enumerated() {
      var before = row[0]
      row[0] = index + 1
      for (column, other) in two.enumerated() {
        let changed = before + (letter == other ? 0 : 1)
        before = row[column + 1]
        row[column + 1] = min(changed, min(row[column], row[column + 1]) + 1)
      }
    }
    return row[two.count]
  }
}
