import ArgumentParser
import Foundation
import Production
import ShowModel
import Store

struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Private links: who may listen, until when, and how often.",
    discussion: """
      Example:
        podcast link grant 042-reseau --to technician-7 --expires 30d

      A link opens one episode or all of them, for one person. It can be taken back at any time.
      """,
    subcommands: [
      LinkGrantCommand.self, LinkListCommand.self, LinkShowCommand.self, LinkRevokeCommand.self,
      LinkRotateCommand.self, LinkRequestsCommand.self, LinkApproveCommand.self, LinkRefuseCommand.self,
      LinkAuditCommand.self,
    ])
}

/// Which link, as people have it: its id, or an address that somebody found.
enum LinkName {
  /// - Parameter text: an id, also in capitals; a token; or an address with one in it, also of an app.
  /// - Throws: `StoreError` `.noLink`, which never shows what was given: that may be a secret.
  static func id(_ text: String) throws -> String {
    let small = text.lowercased()
    // Anything else in capitals may be a name.
    if LinkToken.isID(small), text == small || text == text.uppercased() { return small }
    for part in (small.removingPercentEncoding ?? small).split(whereSeparator: { "/?&=#".contains($0) }).reversed() {
      if let token = LinkToken(String(part)) { return token.id }
    }
    throw StoreError.noLink("")
  }
}

extension PrivateLink.Scope {
  var words: String { slug ?? "all" }
}

extension Date {
  /// In GMT, as all lists have it.
  var listed: String { formatted(.iso8601.dateTimeSeparator(.space)) }
}
