import ShowModel

/// What can go wrong in `Publish`.
package struct PublishError: ExplainedError {
  /// What kind of thing went wrong; open, so that new ones break nobody.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let refused = Self(rawValue: "refused")
  }

  package let code: Code
  /// At least one.
  package let faults: [GateFault]
  package let place: Place?
  package let problem: String
  package let remedy: String
  package let exit = ExitStatus.badData

  /// What the gate found.
  init(_ faults: [GateFault]) {
    (code, self.faults, place) = (.refused, faults, nil)
    problem = "directories would refuse this feed, or it says too much: \(faults.count) to correct"
    remedy = "Until then nothing new goes out.\(faults.map { "\n  \($0)" }.joined())"
  }
}
