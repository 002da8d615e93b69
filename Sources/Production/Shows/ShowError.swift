import ShowModel

extension ProductionError.Code {
  package static let notBuilt = Self(rawValue: "not-built")
  package static let changedSinceBuilt = Self(rawValue: "changed-since-built")
  package static let leftAfterCovering = Self(rawValue: "left-after-covering")
  package static let buildIsGone = Self(rawValue: "build-is-gone")
  package static let withdrawnWithoutFeed = Self(rawValue: "withdrawn-without-feed")
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

  static func withdrawnWithoutFeed(_ slug: String, _ error: any Error) -> ProductionError {
    let reason = error as? any ExplainedError
    return ProductionError(
      .withdrawnWithoutFeed, at: reason?.place,
      problem: "“\(slug)” is withdrawn and its sound is gone, but the feed could not be written without it, and was "
        + "removed: \(reason?.problem ?? "it can't be written")",
      remedy: "\(reason?.remedy ?? "Look whether the disk is full.") Then run “podcast feed”.",
      exit: reason?.exit ?? .inputOutput, underlying: error)
  }
}
