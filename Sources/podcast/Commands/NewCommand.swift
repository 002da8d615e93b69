import ArgumentParser
import Foundation
import ShowFolder

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Start a show: a folder with files to fill in.",
    discussion: """
      Example:
        podcast new reseau-ouvert --title "Réseau ouvert" --language fr --address https://podcast.example.org
      """)

  @Argument(help: ArgumentHelp("A new or empty folder.", valueName: "folder")) var folder: String
  @Option(help: "The title of the show.") var title: String?
  @Option(help: ArgumentHelp("Of the show, and of the comments in its files: fr or en.", valueName: "language"))
  var language = "fr"
  @Option(help: ArgumentHelp("Where the show will be on the web.", valueName: "address"))
  var address = "https://podcast.example.org"

  func validate() throws {
    guard !folder.allSatisfy(\.isWhitespace) else {
      throw ValidationError("The name of the folder is empty. Name a new folder, or . for this one.")
    }
    guard language.wholeMatch(of: /[a-z]{2}(-[A-Z]{2})?/) != nil else {
      throw ValidationError("--language is a code such as fr or en.")
    }
    guard URL(string: address)?.host() != nil, address.hasPrefix("http") else {
      throw ValidationError("--address is a web address, from https:// on.")
    }
  }

  func run() throws {
    let title = title ?? (language.hasPrefix("fr") ? "Mon émission" : "My show")
    let written = try NewShow(title: title, language: language, address: address).write(to: folder)
    for path in written { Terminal.message("Wrote \(path)") }
    Terminal.message("Fill in show.yaml, put a recording beside episode.yaml, and run “podcast build” in \(folder).")
  }
}
