import GRDB
import ShowModel

/// What can go wrong in `Store`. It never holds what a statement was given: that may be private.
package struct StoreError: ExplainedError {
  /// What kind of thing went wrong; open, so that new ones break nobody.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let cannotOpen = Self(rawValue: "cannot-open")
    package static let failed = Self(rawValue: "failed")
    package static let busy = Self(rawValue: "busy")
    package static let damaged = Self(rawValue: "damaged")
    package static let newer = Self(rawValue: "newer")
    package static let notPublished = Self(rawValue: "not-published")
    package static let builtMeanwhile = Self(rawValue: "built-meanwhile")
  }

  package let code: Code
  package let place: Place?
  package let problem: String
  package let remedy: String
  package let exit: ExitStatus

  init(_ code: Code, at place: Place?, _ problem: String, _ remedy: String, exit: ExitStatus) {
    (self.code, self.place, self.problem, self.remedy, self.exit) = (code, place, problem, remedy, exit)
  }

  static func newer(_ path: String) -> StoreError {
    StoreError(
      .newer, at: Place(file: path), "a newer version of this program has changed the catalogue",
      "Use that version.", exit: .badData)
  }

  /// - Parameter path: of the catalogue.
  static func of(_ error: any Error, _ path: String) -> any Error {
    if error is StoreError { return error }
    let place = Place(file: path)
    guard let error = error as? DatabaseError else {
      return StoreError(
        .failed, at: place, "the catalogue can't be used", "Look at the folder's rights.", exit: .inputOutput)
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return StoreError(
        .busy, at: place, "another command has been writing to the catalogue for too long", "Try again in a moment.",
        exit: .inputOutput)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return StoreError(
        .damaged, at: place, "the catalogue is damaged, or no catalogue", "Put back your last copy of this folder.",
        exit: .badData)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return StoreError(
        .cannotOpen, at: place, "the catalogue can't be opened for writing", "Look at the rights of this folder.",
        exit: .cannotCreate)
    default:
      return StoreError(
        .failed, at: place, "the catalogue could not be read or written (SQLite \(error.extendedResultCode.rawValue))",
        "Look whether the disk is full.", exit: .inputOutput)
    }
  }
}
