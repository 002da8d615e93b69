import ShowModel

/// What can go wrong in `ShowFolder`.
package struct ShowFolderError: ExplainedError {
  /// What kind of thing went wrong; open, so that new ones break nobody.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let notAShow = Self(rawValue: "not-a-show")
    package static let unreadable = Self(rawValue: "unreadable")
    package static let notYAML = Self(rawValue: "not-yaml")
    package static let unknownKey = Self(rawValue: "unknown-key")
    package static let missingKey = Self(rawValue: "missing-key")
    package static let badValue = Self(rawValue: "bad-value")
    package static let badSlug = Self(rawValue: "bad-slug")
    package static let noEpisode = Self(rawValue: "no-episode")
    package static let alreadyThere = Self(rawValue: "already-there")
    package static let cannotWrite = Self(rawValue: "cannot-write")
  }

  package let code: Code
  package let place: Place?
  package let problem: String
  package let remedy: String
  package let exit: ExitStatus

  init(_ code: Code, at place: Place?, _ problem: String, _ remedy: String, exit: ExitStatus = .badData) {
    (self.code, self.place, self.problem, self.remedy, self.exit) = (code, place, problem, remedy, exit)
  }
}
