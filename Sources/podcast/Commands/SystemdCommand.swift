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
        podcast systemd --accel > /etc/systemd/system/podcast.service
      """)

  @OptionGroup var options: ShowOptions
  @Option(help: "The port for “podcast serve”.") var port = 8080
  @Flag(help: "Behind nginx, as “podcast nginx” sets it up.") var accel = false

  func validate() throws { try ServeCommand.check(port, least: 1) }

  func run() throws {
    let folder = try options.folder()
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "podcast"
    Terminal.print(
      SystemdUnit(
        title: try folder.show().title, program: program, folder: try WebServerPath.of(folder), user: NSUserName(),
        port: port, isAccelerated: accel
      ).text())
  }
}
