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
      LinkCommand.self, ServeCommand.self, NginxCommand.self, SystemdCommand.self,
    ])

  /// Errors of this program are printed in their own words; those of the command line by ArgumentParser. On the main
  /// thread, where commands that work for long hold up nothing else.
  @MainActor static func main() async {
    Interruption.watch()
    do {
      var command = try parsed(CommandLine.arguments.dropFirst())
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    } catch let error as any ExplainedError {
      Terminal.error(error)
      Foundation.exit(error.exit.rawValue)
    } catch {
      if exitCode(for: error) == .validationFailure,
        let unknown = UnknownOption(in: CommandLine.arguments.dropFirst(), of: Podcast.self)
      {
        Terminal.message(unknown.message(insteadOf: fullMessage(for: error)))
        Foundation.exit(ExitStatus.usage.rawValue)
      }
      exit(withError: error)
    }
  }
}

extension ParsableCommand {
  /// ArgumentParser takes every option of every command apart before it looks which command is meant: that takes longer
  /// than covering a minute. So the one that is named is asked first. What it does not take, all of them are asked about,
  /// in whose words the answer is then: help, mistakes, completions.
  fileprivate static func parsed(_ arguments: ArraySlice<String>) throws -> any ParsableCommand {
    if let command = parsedByName(arguments) { return command }
    return try parseAsRoot(Array(arguments))
  }

  private static func parsedByName(_ arguments: ArraySlice<String>) -> (any ParsableCommand)? {
    let commands = configuration.subcommands
    if commands.isEmpty { return try? parse(Array(arguments)) }
    return commands.first { $0.configuration.commandName == arguments.first }?.parsedByName(arguments.dropFirst())
  }
}
