import ArgumentParser
import Foundation
import Production
import ShowModel

struct FeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feed", abstract: "Write the feed and the pages anew, or check them.",
    discussion: """
      Example:
        podcast feed --check

      All rules of Apple, PSP-1 and Podcasting 2.0 that can be checked here are. Publishing checks them too.
      """)

  @OptionGroup var options: ShowOptions
  @Flag(help: "Say what a directory would refuse, and write nothing.") var check = false
  @Flag(help: "List what is published and what was withdrawn.") var list = false

  func validate() throws {
    if check, list { throw ValidationError("Choose one of --check and --list.") }
  }

  func run() throws {
    let catalogue = try options.catalogue()
    if list { return Terminal.print(Self.table(try catalogue.publications())) }
    let publisher = ShowPublisher(try options.folder(), catalogue)
    if check {
      let isWritten = try publisher.check()
      Terminal.message("The feed is right.")
      if !isWritten { Terminal.message("But \(options.show)/public has an older one: run “podcast feed”.") }
      return
    }
    let feed = try publisher.refresh()
    Terminal.message(
      "Wrote \(options.show)/public. Listeners subscribe to \(feed.address) (\(Self.count(feed.count))).")
  }

  private static func count(_ count: Int) -> String { count == 1 ? "1 episode" : "\(count) episodes" }

  private static func table(_ publications: [Publication]) -> String {
    guard !publications.isEmpty else { return "Nothing is published yet.\n" }
    return Terminal.table(
      [["episode", "for", "revision", "since"]]
        + publications.map { publication in
          let state = publication.withdrawn == nil ? publication.audience.words : "withdrawn"
          let date = publication.withdrawn ?? publication.revisions.last?.published ?? publication.published
          let number = publication.revisions.last.map { "\($0.number)" } ?? ""
          return [publication.slug, state, number, date.formatted(.iso8601.dateTimeSeparator(.space))]
        })
  }
}

extension Audience {
  fileprivate var words: String { self == .everybody ? "everybody" : "the invited" }
}
