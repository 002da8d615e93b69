import ArgumentParser
import Foundation
import ShowModel

struct LinkRequestsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "requests", abstract: "Show who asks for a link, and what they wrote.",
    discussion: """
      Example:
        podcast link requests

      Then answer with “podcast link approve” or “podcast link refuse”. What people wrote is for you alone.
      """)

  @OptionGroup var options: ShowOptions
  @Flag(help: "Also those that are answered.") var all = false
  @Flag(help: "Print it as JSON.") var json = false

  func run() throws {
    let requests = try options.catalogue().requests(openOnly: !all)
    if json { return Terminal.print(bytes: try LinkJSON.requests(requests)) }
    guard !requests.isEmpty else { return Terminal.message("Nobody waits for an answer.") }
    Terminal.print(requests.map(Self.text).joined(separator: "\n"))
  }

  private static func text(_ request: LinkRequest) -> String {
    let answer = request.answer.map { answer in
      [["answer", "\(answer.rawValue)\(request.link.map { ", link \($0)" } ?? "")"]]
    }
    let said = [
      ("wants", request.wanted), ("name", request.name), ("contact", request.contact), ("message", request.message),
    ]
    let texts = said.filter { !$0.1.revealed.isEmpty }.map { [$0.0, CoverTable.visible($0.1.revealed)] }
    return Terminal.table([["request \(request.number)", request.date.listed]] + texts + (answer ?? []))
  }
}
