import ArgumentParser
import Production
import ShowFolder
import Store

/// Which show, for every command that works on one.
struct ShowOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of the show.", valueName: "folder")) var show = "."

  func folder() throws -> ShowFolder { try ShowFolder(show) }
  func catalogue() throws -> Catalogue { try Catalogue(path: folder().catalogue) }
}
