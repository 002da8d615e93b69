import ArgumentParser
import Production
import ShowModel

struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Give an episode to everybody, or keep it for who is invited.",
    discussion: """
      Example:
        podcast publish 042-reseau

      What was built is published, and only as long as recording, ranges and texts are what it was built from. \
      After a new build, publish again: the episode stays the same one in all apps, and its old address is gone.
      """)

  @Argument(help: ArgumentHelp("The name of its folder in episodes.", valueName: "episode")) var episode: String
  @OptionGroup var options: ShowOptions
  @Flag(
    help: ArgumentHelp(
      "In the feed, for everybody; or not in it, for who has a link.",
      discussion: "Without either: as it is; in the feed where it was never published.")) var audience: AudienceFlag?

  func run() throws {
    let publisher = ShowPublisher(try options.folder(), try options.catalogue())
    let report = try publisher.publish(episode, to: audience?.audience)
    Terminal.message(Self.sentence(report))
    if report.reopened > 0 {
      let links = report.reopened == 1 ? "1 link opens" : "\(report.reopened) links open"
      Terminal.message("\(links) it again. “podcast link list” says which; “podcast link revoke” closes them.")
    }
    guard let page = report.page else {
      let rest = report.isKept ? " With --public, everybody may hear it." : ""
      return Terminal.message("It is in no feed and on no page.\(rest)")
    }
    Terminal.message("Listeners see “\(report.title)” in their apps and on \(page)")
    if report.isTrial {
      Terminal.message("That is an address of this computer, for trying out: nobody else can listen there.")
    }
    if report.hasTranscript { Terminal.message("The transcript is public as it is written: look for names in it.") }
  }

  enum AudienceFlag: String, EnumerableFlag {
    case `public`, `private`

    var audience: Audience { self == .public ? .everybody : .invited }
  }

  private static func sentence(_ report: ShowPublisher.Report) -> String {
    let number = report.publication.revisions.last?.number ?? 1
    return switch (report.outcome, report.publication.audience) {
    case (.new, .everybody): "Published."
    case (.new, .invited): "Kept for who is invited."
    case (.revised, _):
      "Published anew, as revision \(number). The old address is gone; copies already downloaded stay."
    case (.moved, .everybody): "Opened to everybody."
    case (.moved, .invited):
      "Taken out of the feed, and kept for who is invited. Copies already downloaded stay where they are."
    case (.unchanged, _): "Published already, with this sound. Its texts were written anew."
    }
  }
}
