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
        podcast systemd --accel --socket /run/podcast/serve.sock > /etc/systemd/system/podcast.service
      """)

  @OptionGroup var options: ShowOptions
  @OptionGroup var server: ServerPlaceOptions
  @Flag(help: "Behind nginx, as “podcast nginx” sets it up.") var accel = false

  func run() throws {
    let folder = try options.folder()
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "podcast"
    Terminal.print(
      SystemdUnit(
        title: try folder.show().title, program: program, folder: try WebServerPath.of(folder), user: NSUserName(),
        place: server.place, isAccelerated: accel
      ).text())
  }
}
