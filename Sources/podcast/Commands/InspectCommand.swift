import ArgumentParser
import Foundation
import PCM
import Production
import ShowModel

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what a sound file is, what it says, and what it gives away.",
    discussion: """
      Example:
        podcast inspect episode.mp3

      Tags, chapters and pictures are shown as they are: this is for your own file on your own screen.
      What it gives away is what players don't show, or what names a computer or a program.
      """)

  @Argument(help: "A sound file.") var file: String
  @Flag(help: "Print it as JSON.") var json = false

  func run() throws {
    let bar = ProgressBar(isShown: true)
    defer { bar.finish() }
    let inspection = try InspectJob.run(file, progress: bar.update)
    bar.finish()
    if json { return Terminal.print(String(decoding: try InspectionJSON(inspection).data(), as: UTF8.self)) }
    Terminal.print(InspectionTable.text(inspection))
  }
}
