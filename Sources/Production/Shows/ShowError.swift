import Foundation
import ShowFolder
import ShowModel

extension ProductionError.Code {
  package static let notBuilt = Self(rawValue: "not-built")
  package static let changedSinceBuilt = Self(rawValue: "changed-since-built")
  package static let leftAfterCovering = Self(rawValue: "left-after-covering")
  package static let buildIsGone = Self(rawValue: "build-is-gone")
  package static let isWithdrawn = Self(rawValue: "is-withdrawn")
  package static let isForTrial = Self(rawValue: "is-for-trial")
  package static let isToCome = Self(rawValue: "is-to-come")
  package static let closedWithoutFeed = Self(rawValue: "closed-without-feed")
  package static let oldShelf = Self(rawValue: "old-shelf")
  package static let folderIsGone = Self(rawValue: "folder-is-gone")
}

extension ProductionError {
  static func notBuilt(_ episode: Episode) -> ProductionError {
    ProductionError(
      .notBuilt, at: episode.place, problem: "this episode is not built yet",
      remedy: "Run “podcast build \(episode.slug)”, listen to it, and publish it then.", exit: .badData)
  }

  /// - Parameter what: the recording, the ranges, ….
  static func changedSinceBuilt(_ episode: Episode, _ what: String) -> ProductionError {
    ProductionError(
      .changedSinceBuilt, at: episode.place, problem: "\(what) changed since this episode was built",
      remedy: "Run “podcast build \(episode.slug)”, listen to it, and publish it then.", exit: .badData)
  }

  static func leftAfterCovering(_ episode: Episode) -> ProductionError {
    ProductionError(
      .leftAfterCovering, at: episode.place,
      problem: "something of what is covered was still found in the MP3; it was not kept",
      remedy:
        "Mark the ranges a little wider. “podcast redact” and “podcast verify” show where it is; please report this.",
      exit: .software)
  }

  static func buildIsGone(_ slug: String, _ path: String) -> ProductionError {
    ProductionError(
      .buildIsGone, at: Place(file: path), problem: "what was built of “\(slug)” is gone or is not what it was",
      remedy: "Run “podcast build \(slug)”.", exit: .noInput)
  }

  static func isWithdrawn(_ episode: Episode) -> ProductionError {
    ProductionError(
      .isWithdrawn, problem: "“\(episode.slug)” was withdrawn",
      remedy: "If it may be heard again, say by whom: with --public by everybody, with --private by who has a link.",
      exit: .usage)
  }

  static func isForTrial(_ show: Show, in folder: ShowFolder) -> ProductionError {
    ProductionError(
      .isForTrial, at: Place(file: "\(folder.path)/show.yaml"),
      problem: "\(show.address) is an address of this computer: nobody else can listen there",
      remedy: "Write the address of your server, with https, once there is one; then run “podcast feed”.",
      exit: .badData)
  }

  static func isToCome(_ episode: Episode, _ date: Date) -> ProductionError {
    ProductionError(
      .isToCome, at: episode.place,
      problem: "its date, \(date.formatted(.iso8601.dateTimeSeparator(.space))), is still to come, and everybody could "
        + "hear it from now on",
      remedy: "Publish it then, or write another date; with --private it is for who has a link until then.",
      exit: .badData)
  }

  static func folderIsGone(_ slug: String) -> ProductionError {
    ProductionError(
      .folderIsGone,
      problem: "“\(slug)” is published, but there is no folder of that name in episodes, or no episode.yaml in it",
      remedy: "Give the folder that name again, or run “podcast withdraw \(slug)”.", exit: .noInput)
  }

  /// What is true of an episode that was closed, whatever else went wrong.
  static func closed(_ publication: Publication, wasPublic: Bool) -> String {
    let state = publication.withdrawn == nil ? "for who is invited" : "withdrawn"
    return "“\(publication.slug)” is \(state) and "
      + (wasPublic ? "its public sound is gone" : "no link opens it")
  }

  static func closedWithoutFeed(_ publication: Publication, wasPublic: Bool, _ error: any Error) -> ProductionError {
    let feed =
      wasPublic
      ? "but the feed could not be written without it, and was removed"
      : "but the feed, which it was not in, could not be written anew"
    return unwritten(.closedWithoutFeed, "\(closed(publication, wasPublic: wasPublic)), \(feed)", error)
  }

  /// - Parameter done: what was done all the same.
  static func oldShelf(_ done: String, _ error: any Error) -> ProductionError {
    unwritten(
      .oldShelf, "\(done), but what private links show could not be written anew, and stays as it was for the others",
      error)
  }

  private static func unwritten(_ code: Code, _ what: String, _ error: any Error) -> ProductionError {
    let reason = error as? any ExplainedError
    return ProductionError(
      code, at: reason?.place, problem: "\(what): \(reason?.problem ?? "it can't be written")",
      remedy: "\(reason?.remedy ?? "Look whether the disk is full.") Then run “podcast feed”.",
      exit: reason?.exit ?? .inputOutput, underlying: error)
  }
}
