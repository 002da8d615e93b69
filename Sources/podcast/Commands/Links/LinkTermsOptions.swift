import ArgumentParser
import Foundation
import Production

/// What a link opens, for every command that grants one.
struct LinkScopeOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The episode that it opens.", valueName: "episode")) var episode: String?
  @Flag(help: "It opens all episodes, as a feed; those to come as well.") var feed = false

  func validate() throws {
    guard (episode == nil) == feed else { throw ValidationError("Name one episode, or write --feed for all of them.") }
  }
}

/// For how long it is open.
struct LinkTermsOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Until when: 12h, 30d, 6w, or the end of a day, 2026-12-31.", valueName: "time"))
  var expires: String?
  @Option(
    help: ArgumentHelp(
      "How many downloads: a minute of an episode or more, once a day and app.", valueName: "number"))
  var maxDownloads: Int?
  @Option(help: ArgumentHelp("Why; for you alone.", valueName: "text")) var reason: String?

  func terms(for name: String) throws -> LinkTerms {
    try LinkTerms(name: name, reason: reason, expires: expires, maxDownloads: maxDownloads)
  }
}
