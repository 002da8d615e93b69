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
  @Flag(name: .customLong("private"), help: "Not in the feed: for who has a link.") var isPrivate = false

  func run() throws {
    let publisher = ShowPublisher(try options.folder(), try options.catalogue())
    let report = try publisher.publish(episode, to: isPrivate ? .invited : .everybody)
    Terminal.message(Self.sentence(report))
    guard let page = report.page else {
      return Terminal.message("It is in no feed and on no page.")
    }
    Terminal.message("Listeners see “\(report.title)” in their apps and on \(page)")
    if report.isTrial {
      Terminal.message("That is an address of this computer, for trying out: nobody else can listen there.")
    }
    if report.hasTranscript { Terminal.message("The transcript is public as it is written: look for names in it.") }
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
