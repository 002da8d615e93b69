import ArgumentParser
import Foundation
import Production

struct LinkRotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Give a link another secret.",
    discussion: """
      Example:
        podcast link rotate k7m2pqxa --overlap 7d

      For who passed the address on by mistake, or from time to time. Everything else stays as it was. Without \
      --overlap, the old link is closed at once.
      """)

  @Argument(help: ArgumentHelp("The link, or an address of it that you found.", valueName: "id")) var id: String
  @Option(help: ArgumentHelp("How long the old link stays open: 12h, 7d, 2w.", valueName: "time")) var overlap = "0"
  @OptionGroup var delivery: LinkDeliveryOptions
  @OptionGroup var options: ShowOptions

  func run() throws {
    let office = LinkOffice(try options.folder(), try options.catalogue())
    let id = try LinkName.id(id)
    let draft = try office.successor(of: id)
    let delivery = try LinkDelivery(draft, of: office.show(), delivery)
    let end = try office.rotate(id, to: draft, overlap: overlap)
    let old = end > draft.link.granted ? "\(id) stays open until \(end.listed)" : "\(id) is closed"
    try delivery.deliver("Link \(draft.link.id) takes the place of \(id); \(old).")
  }
}
