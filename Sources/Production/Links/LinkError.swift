import ShowModel

extension ProductionError.Code {
  package static let badName = Self(rawValue: "bad-name")
  package static let badReason = Self(rawValue: "bad-reason")
  package static let badTime = Self(rawValue: "bad-time")
  package static let badCount = Self(rawValue: "bad-count")
  package static let badOverlap = Self(rawValue: "bad-overlap")
  package static let badList = Self(rawValue: "bad-list")
  package static let noSlug = Self(rawValue: "no-slug")
  package static let notHeard = Self(rawValue: "not-heard")
  package static let nothingToRevoke = Self(rawValue: "nothing-to-revoke")
  package static let closedAlready = Self(rawValue: "closed-already")
}

/// None of them holds a name, a reason or anything else that was typed in their place.
extension ProductionError {
  private static func wrong(_ code: Code, _ problem: String, _ remedy: String) -> ProductionError {
    ProductionError(code, problem: problem, remedy: remedy, exit: .usage)
  }

  static let badName = wrong(
    .badName, "the name of who gets the link is empty, has line ends or is longer than 200 characters",
    "Write a short pseudonym that tells you who it is.")

  static let badReason = wrong(
    .badReason, "the reason is empty, has line ends or is longer than 500 characters", "Write one short line.")

  static let badTime = wrong(
    .badTime, "the end of the link is not understood, past, or more than ten years away",
    "Write hours, days or weeks from now on (12h, 30d, 6w) or a day (2026-12-31); leave it out for no end.")

  static let badCount = wrong(
    .badCount, "the number of downloads is not from 1 to 1000000", "Leave --max-downloads out for as many as they like."
  )

  static let badOverlap = wrong(
    .badOverlap, "the overlap is not understood, or is longer than a year",
    "Write hours, days or weeks, such as 12h, 7d or 2w; 0 closes the old link at once.")

  /// What was typed may be a name that lacked its quotation marks.
  static let noSlug = ProductionError(
    .noSlug, problem: "this is not the name of an episode",
    remedy: "Write the name of its folder in episodes. What has spaces in it needs quotation marks.", exit: .noInput)

  static func neverPublished(_ slug: String) -> ProductionError {
    wrong(
      .notHeard, "“\(slug)” is not published, so a link to it would open nothing",
      "Run “podcast publish \(slug)”, with --private to keep it out of the feed.")
  }

  static func withdrawn(_ slug: String) -> ProductionError {
    wrong(
      .notHeard, "“\(slug)” is withdrawn: no link opens it", "Publish it again first, if it may be heard again.")
  }

  static let nothingToRevoke = wrong(
    .nothingToRevoke, "there is no link of this kind that is not revoked already",
    "“podcast link list” has all of them.")

  /// What was typed is likely misspelt, and may be the name of a person.
  static func neverGranted(_ selection: LinkOffice.Selection) -> ProductionError {
    let whom =
      switch selection {
      case .ids: "these ids"
      case .name: "this person"
      case .episode: "this episode alone"
      }
    return wrong(
      .nothingToRevoke, "no link was ever granted to \(whom): nothing is revoked",
      "Check how it is written: “podcast link list --names” has all links.")
  }

  /// - Parameter state: expired or used up.
  static func closedAlready(_ link: PrivateLink, _ state: PrivateLink.State) -> ProductionError {
    wrong(
      .closedAlready, "link \(link.id) is \(state.rawValue): there is nothing to carry over",
      "“podcast link grant” gives a new one.")
  }
}
