/// Where something went wrong: a file, and the line in it where that is known.
package struct Place: Hashable, Codable, Sendable, CustomStringConvertible {
  package let file: String
  package let line: Int?

  package init(file: String, line: Int? = nil) {
    self.file = file
    self.line = line
  }

  package var description: String { line.map { "\(file):\($0)" } ?? file }
}

/// How a run ends, in the numbers of `sysexits.h`.
package enum ExitStatus: Int32, Sendable {
  case failedCheck = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case software = 70
  case cannotCreate = 73
  case inputOutput = 74
}

/// An error for a person: what is wrong, where, and what to do. Every target's error is one.
///
/// Neither sentence may hold a label, a note or any other private text.
package protocol ExplainedError: Error, CustomStringConvertible, Sendable {
  var place: Place? { get }
  /// What is wrong: a sentence without its full stop, beginning in lower case.
  var problem: String { get }
  /// What to do: a whole sentence.
  var remedy: String { get }
  var exit: ExitStatus { get }
}

extension ExplainedError {
  package var description: String {
    let at = place.map { "\($0): " } ?? ""
    return "\(at)\(problem). \(remedy)"
  }
}
