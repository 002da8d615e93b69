import ArgumentParser
import Production

struct WithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Take an episode back, everywhere at once.",
    discussion: """
      Example:
        podcast withdraw 042-reseau
      """)

  @Argument(help: ArgumentHelp("The name of its folder in episodes.", valueName: "episode")) var episode: String
  @OptionGroup var options: ShowOptions

  func run() throws {
    let publisher = ShowPublisher(try options.folder(), try options.catalogue())
    let (publication, isAgain) = try publisher.withdraw(episode)
    let state = publication.audience == .everybody ? "is out of the feed" : "is withdrawn: no link opens it"
    Terminal.message("“\(episode)” \(state), and its sound is gone from all its addresses.")
    guard !isAgain else { return Terminal.message("It had been withdrawn already.") }
    Terminal.message(
      """
      What can't be undone: whoever downloaded it still has it, many apps go on listing it, and copies may be in caches
      and backups. If you exported the site to another server, export it again now.
      """)
  }
}
