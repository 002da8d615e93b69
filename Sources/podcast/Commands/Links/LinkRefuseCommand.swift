import ArgumentParser
import Foundation
import Production

struct LinkRefuseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse", abstract: "Refuse a link to who asked for one.",
    discussion: """
      Example:
        podcast link refuse 3

      Nobody is told: write to them yourself.
      """)

  @Argument(help: "Of the request.") var number: Int64
  @OptionGroup var options: ShowOptions

  func run() throws {
    try LinkOffice(options.folder(), options.catalogue()).refuse(number)
    Terminal.message("Refused request \(number). Nobody is told: write to them yourself.")
  }
}
