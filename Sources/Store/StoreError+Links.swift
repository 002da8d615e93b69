import ShowModel

extension StoreError.Code {
  package static let noLink = Self(rawValue: "no-link")
  package static let alreadyRevoked = Self(rawValue: "already-revoked")
  package static let alreadyRotated = Self(rawValue: "already-rotated")
  package static let noRequest = Self(rawValue: "no-request")
  package static let alreadyAnswered = Self(rawValue: "already-answered")
}

extension StoreError {
  /// - Parameter id: whatever somebody typed: shown only where it can be nothing but a public id.
  package static func noLink(_ id: String) -> StoreError {
    let what = LinkToken.isID(id) ? "there is no link \(id)" : "this is not the id of a link"
    return StoreError(.noLink, at: nil, what, "“podcast link list” has the ids.", exit: .noInput)
  }

  static func alreadyRevoked(_ id: String) -> StoreError {
    StoreError(
      .alreadyRevoked, at: nil, "link \(id) was revoked already",
      "It opens nothing any more. “podcast link grant” gives a new one.", exit: .usage)
  }

  static func alreadyRotated(_ id: String, _ newer: String) -> StoreError {
    StoreError(
      .alreadyRotated, at: nil, "link \(newer) has taken the place of link \(id) already",
      "Rotate link \(newer), where need be.", exit: .usage)
  }

  /// - Parameter link: one that was revoked, or whose place another has taken.
  package static func closed(_ link: PrivateLink) -> StoreError {
    link.replacedBy.map { alreadyRotated(link.id, $0) } ?? alreadyRevoked(link.id)
  }

  package static func noRequest(_ number: Int64) -> StoreError {
    StoreError(
      .noRequest, at: nil, "there is no request \(number)", "“podcast link requests” lists them.", exit: .noInput)
  }

  static func alreadyAnswered(_ number: Int64, _ answer: LinkRequest.Answer) -> StoreError {
    StoreError(
      .alreadyAnswered, at: nil, "request \(number) was \(answer.rawValue) already",
      "“podcast link grant” gives a link without a request.", exit: .usage)
  }
}
