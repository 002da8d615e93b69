import ArgumentParser
import Foundation
import ShowModel

struct LinkListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List all links.",
    discussion: """
      Example:
        podcast link list --names

      Times are in GMT.
      """)

  @OptionGroup var options: ShowOptions
  @Flag(help: "Show who has them, and why, as well.") var names = false
  @Flag(help: "Print it as JSON.") var json = false

  func run() throws {
    let links = try options.catalogue().links()
    if json { return Terminal.print(bytes: try LinkJSON.list(links, showsNames: names, at: Date())) }
    guard !links.isEmpty else { return Terminal.message("There is no link yet: “podcast link grant” gives one.") }
    Terminal.print(Terminal.table(Self.rows(links, showsNames: names, at: Date())))
  }

  private static func rows(_ links: [PrivateLink], showsNames: Bool, at now: Date) -> [[String]] {
    let head = ["id", "opens", "state", "downloads", "granted", "until"] + (showsNames ? ["name", "reason"] : [])
    return [head]
      + links.map { link in
        let people = [link.name.revealed, link.reason?.revealed ?? "-"].map(CoverTable.visible)
        return [
          link.id, link.scope.words, link.state(at: now).rawValue, link.downloadWords, link.granted.listed,
          link.expires?.listed ?? "-",
        ] + (showsNames ? people : [])
      }
  }
}

extension PrivateLink {
  /// `2`, or `2 of 5` where they are limited.
  var downloadWords: String { maxDownloads.map { "\(downloads) of \($0)" } ?? "\(downloads)" }
}
