import PCM
import ShowModel

/// What can go wrong in `Ingest`.
package struct IngestError: ExplainedError {
  /// What kind of thing went wrong; open, so that new ones break nobody.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
  }

  package let code: Code
  package let place: Place?
  package let problem: String
  package let remedy: String
  package let exit: ExitStatus
  package let underlying: (any Error)?

  package init(
    _ code: Code, at place: Place? = nil, problem: String, remedy: String, exit: ExitStatus,
    underlying: (any Error)? = nil
  ) {
    self.code = code
    self.place = place
    self.problem = problem
    self.remedy = remedy
    self.exit = exit
    self.underlying = underlying
  }
}
