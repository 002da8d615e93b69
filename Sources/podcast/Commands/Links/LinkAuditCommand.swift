import ArgumentParser
import Foundation
import ShowModel
import Store

struct LinkAuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Show what was granted, revoked, rotated, asked and answered, and when.",
    discussion: """
      Example:
        podcast link audit k7m2pqxa

      It names links by their ids, and nobody. Times are in GMT.
      """)

  @Argument(help: ArgumentHelp("Of this link alone.", valueName: "id")) var id: String?
  @OptionGroup var options: ShowOptions

  func run() throws {
    let catalogue = try options.catalogue()
    var lines = try catalogue.auditTrail().filter { $0.event.isOfLinks }
    if let text = id {
      let id = try LinkName.id(text)
      guard try catalogue.link(id) != nil else { throw StoreError.noLink(id) }
      lines = lines.filter { $0.detail.split(separator: " ").contains(id[...]) }
    }
    guard !lines.isEmpty else { return Terminal.message("Nothing has happened yet.") }
    let rows = lines.map { [$0.date.listed, $0.event.rawValue, $0.subject, $0.detail] }
    Terminal.print(Terminal.table([["when", "what", "for", "link or request"]] + rows))
  }
}
