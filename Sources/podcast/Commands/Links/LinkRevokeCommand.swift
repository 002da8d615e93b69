import ArgumentParser
import Foundation
import Production
import ShowModel

struct LinkRevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take links back, at once.",
    discussion: """
      Examples:
        podcast link revoke k7m2pqxa
        podcast link revoke --to technician-7

      Page, feed and sound are gone for who has the link. What was downloaded stays.
      """)

  @Argument(help: ArgumentHelp("Links, or addresses of them that you found.", valueName: "id")) var ids: [String] = []
  @Option(help: ArgumentHelp("All links of this person.", valueName: "who")) var to: String?
  @Option(help: ArgumentHelp("All links that open this episode alone.", valueName: "episode")) var episode: String?
  @OptionGroup var options: ShowOptions

  func validate() throws {
    guard [!ids.isEmpty, to != nil, episode != nil].filter({ $0 }).count == 1 else {
      throw ValidationError("Say which links: by their ids, with --to WHO, or with --episode EPISODE.")
    }
  }

  func run() throws {
    let office = LinkOffice(try options.folder(), try options.catalogue())
    let selection: LinkOffice.Selection
    if let to {
      selection = .name(PrivateText(to.trimmingCharacters(in: .whitespaces)))
    } else if let episode {
      selection = .episode(episode)
    } else {
      selection = .ids(try ids.map(LinkName.id))
    }
    let revoked = try office.revoke(selection)
    Terminal.message("Revoked \(revoked.joined(separator: ", ")). What was downloaded already stays.")
    let others = try office.openSuccessors(of: revoked)
    if !others.isEmpty {
      Terminal.message("Open still, in the place of one of them: \(others.joined(separator: ", ")).")
    }
    if episode != nil {
      Terminal.message("Links to all episodes open this one still. “podcast withdraw” closes it for all.")
    }
  }
}
