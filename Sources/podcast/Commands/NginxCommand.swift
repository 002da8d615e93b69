import ArgumentParser
import Foundation
import Production
import Publish
import ShowFolder

struct NginxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nginx", abstract: "Print a configuration of nginx for this show.",
    discussion: """
      Example:
        podcast nginx > /etc/nginx/sites-enabled/podcast

      nginx does TLS and sends the sound; “podcast serve --accel” says to whom. Its log names no private link. Check it \
      with “nginx -t”.
      """)

  @OptionGroup var options: ShowOptions
  @Option(help: "The port of “podcast serve” on this computer.") var port = 8080

  func validate() throws { try ServeCommand.check(port, least: 1) }

  func run() throws {
    let folder = try options.folder()
    Terminal.print(NginxConfiguration(try folder.show(), folder: try WebServerPath.of(folder), port: port).text())
  }
}
