import ArgumentParser
import Foundation
import Production

struct LinkApproveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Grant a link to who asked for one.",
    discussion: """
      Example:
        podcast link approve 3 042-reseau --expires 30d

      The link is granted to “request 3”, unless --to says another pseudonym.
      """)

  @Argument(help: "Of the request.") var number: Int64
  @OptionGroup var scope: LinkScopeOptions
  @Option(help: ArgumentHelp("A pseudonym of who gets it.", valueName: "who")) var to: String?
  @OptionGroup var terms: LinkTermsOptions
  @OptionGroup var delivery: LinkDeliveryOptions
  @OptionGroup var options: ShowOptions

  func run() throws {
    let office = LinkOffice(try options.folder(), try options.catalogue())
    let drafts = try office.drafts([terms.terms(for: to ?? "request \(number)")], episode: scope.episode)
    for draft in drafts {
      let delivery = try LinkDelivery(draft, of: office.show(), delivery)
      try office.approve(number, draft)
      try delivery.deliver(
        "Approved request \(number), with link \(draft.link.id): \(LinkGrantCommand.sentence(draft.link)).")
    }
  }
}
