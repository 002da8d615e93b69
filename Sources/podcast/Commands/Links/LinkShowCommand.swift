import ArgumentParser
import Foundation
import ShowModel
import Store

struct LinkShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one link, and what was downloaded through it.",
    discussion: """
      Example:
        podcast link show k7m2pqxa --names

      Its address can't be shown again. “podcast link rotate” makes another one.
      """)

  @Argument(help: ArgumentHelp("The link, or an address of it that you found.", valueName: "id")) var id: String
  @OptionGroup var options: ShowOptions
  @Flag(help: "Show who has it, and why, as well.") var names = false

  func run() throws {
    let catalogue = try options.catalogue()
    let id = try LinkName.id(id)
    guard let link = try catalogue.link(id) else { throw StoreError.noLink(id) }
    var rows = [
      ["link", link.id], ["opens", link.scope.words], ["state", link.state(at: Date()).rawValue],
      ["granted", link.granted.listed], ["until", link.expires?.listed ?? "-"],
      ["revoked", link.revoked?.listed ?? "-"], ["replaced by", link.replacedBy ?? "-"],
      ["downloads", link.downloadWords],
    ]
    for publication in try catalogue.publications() {
      guard let count = try catalogue.downloads(of: publication.slug).links[id] else { continue }
      rows.append(["  \(publication.slug)", "\(count)"])
    }
    if names {
      rows += [["name", CoverTable.visible(link.name.revealed)]]
      rows += [["reason", CoverTable.visible(link.reason?.revealed ?? "-")]]
    }
    Terminal.print(Terminal.table(rows))
  }
}
