import ArgumentParser
import Production

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the public site for any web server.",
    discussion: """
      Example:
        podcast export /srv/www/podcast

      Nothing private is in it. What was withdrawn since the last export is removed there.
      """)

  @Argument(help: ArgumentHelp("A new folder, or one of an earlier export.", valueName: "folder")) var folder: String
  @OptionGroup var options: ShowOptions

  func run() throws {
    let publisher = ShowPublisher(try options.folder(), try options.catalogue())
    let count = try publisher.export(to: folder)
    Terminal.message("Wrote \(count) files to \(folder).")
  }
}
