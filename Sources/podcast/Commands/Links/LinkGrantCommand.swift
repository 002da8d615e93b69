import ArgumentParser
import Foundation
import Production
import Publish
import ShowFolder
import ShowModel

struct LinkGrantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Give somebody a link of their own.",
    discussion: """
      Examples:
        podcast link grant 042-reseau --to technician-7 --expires 30d
        podcast link grant --feed --to technician-7 --eml message.eml
        podcast link grant --feed --csv people.csv > links.csv

      It shows the addresses, and a message that is ready to send, this once: only a digest is kept. Use pseudonyms: a \
      list of who listens can tell who is in the union.
      A list has the columns name,reason,expires; only the first must be there.
      """)

  @OptionGroup var scope: LinkScopeOptions
  @Option(help: ArgumentHelp("A pseudonym of who gets it.", valueName: "who")) var to: String?
  @Option(help: ArgumentHelp("A list with a name a line: a link each; - for standard input.", valueName: "file"))
  var csv: String?
  @OptionGroup var terms: LinkTermsOptions
  @OptionGroup var delivery: LinkDeliveryOptions
  @OptionGroup var options: ShowOptions

  func validate() throws {
    guard to != nil || csv != nil else { throw ValidationError("Say who gets it, with --to WHO or --csv FILE.") }
    guard to == nil || csv == nil else { throw ValidationError("Give only one of --to and --csv.") }
    guard csv == nil || delivery.eml == nil && delivery.svg == nil && delivery.language == nil else {
      throw ValidationError("--eml, --svg and --language are for one link: leave them out with --csv.")
    }
  }

  func run() throws {
    let office = LinkOffice(try options.folder(), try options.catalogue())
    if let csv { return try grantAll(csv, office) }
    let drafts = try office.drafts([terms.terms(for: to ?? "")], episode: scope.episode)
    for draft in drafts {
      let delivery = try LinkDelivery(draft, of: office.show(), delivery)
      try office.grant([draft])
      try delivery.deliver("Granted link \(draft.link.id): \(Self.sentence(draft.link)).")
    }
  }

  private func grantAll(_ path: String, _ office: LinkOffice) throws {
    let show = try office.show()
    let list = try NameList(
      path: path, reason: terms.reason, expires: terms.expires, maxDownloads: terms.maxDownloads)
    let drafts = try office.drafts(list.terms, episode: scope.episode)
    try office.grant(drafts)
    let addresses = LinkAddresses(show)
    let rows = drafts.map { draft in
      [draft.link.id, draft.link.name.revealed, addresses.page(draft.token), addresses.feed(draft.token)]
    }
    let text = ([["id", "name", "page", "feed"]] + rows).map { cells in
      cells.map { Self.cell($0, list.separator) }.joined(separator: list.separator) + "\n"
    }.joined()
    Terminal.print(bytes: Array(text.utf8), "Nobody has the addresses then: revoke the links (“podcast link list”).")
    Terminal.message(
      "Granted \(drafts.count == 1 ? "1 link" : "\(drafts.count) links"). The addresses are shown this once, and kept nowhere."
    )
  }

  /// As RFC 4180 has it.
  private static func cell(_ text: String, _ separator: String) -> String {
    guard text.contains(separator) || text.contains("\"") else { return text }
    return "\"\(text.replacingOccurrences(of: "\"", with: "\"\""))\""
  }

  static func sentence(_ link: PrivateLink) -> String {
    let what = link.scope.slug.map { "it opens “\($0)”" } ?? "it opens all episodes"
    let end = link.expires.map { " until \($0.listed)" } ?? ""
    let count = link.maxDownloads.map { $0 == 1 ? ", for 1 download" : ", for \($0) downloads" } ?? ""
    return what + end + count
  }
}
