import ArgumentParser
import Foundation
import Production
import ShowModel

@main struct Podcast: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "podcast",
    abstract: "Cover what must not be heard in a podcast, deliver it, and prove that nothing is left.",
    version: podcastVersion,
    subcommands: [
      RedactCommand.self, VerifyCommand.self, RangesCommand.self, InspectCommand.self, NewCommand.self,
      BuildCommand.self, PublishCommand.self, WithdrawCommand.self, FeedCommand.self, ExportCommand.self,
      LinkCommand.self,
    ])

  /// Errors of this program are printed in their own words; those of the command line by ArgumentParser.
  static func main() {
    Interruption.watch()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as any ExplainedError {
      Terminal.error(error)
      Foundation.exit(error.exit.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}
