import ArgumentParser
import Foundation
import Production
import Publish
import ShowFolder

struct SystemdCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "systemd", abstract: "Print a unit of systemd that keeps the server of this show running.",
    discussion: """
      Example:
        podcast systemd --accel | sudo tee /etc/systemd/system/podcast.service
      """)

  @OptionGroup var options: ShowOptions
  @OptionGroup var server: ServerPlaceOptions
  @Flag(help: "Behind nginx, as “podcast nginx” sets it up.") var accel = false

  func run() throws {
    let folder = try options.folder()
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "podcast"
    let path = try WebServerPath.of(folder)
    // Whoever types this may be root, who without its privileges can't read what belongs to somebody else.
    let owner = try FileManager.default.attributesOfItem(atPath: path)[.ownerAccountName] as? String
    Terminal.print(
      SystemdUnit(
        title: try folder.show().title, program: program, folder: path, user: owner ?? NSUserName(),
        place: server.place, isAccelerated: accel
      ).text())
  }
}
