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
        podcast nginx --socket /run/podcast/serve.sock > /etc/nginx/sites-enabled/podcast

      nginx does TLS and sends the sound; “podcast serve --accel” says to whom. Its log names no private link. Check it \
      with “nginx -t”.
      """)

  @OptionGroup var options: ShowOptions
  @OptionGroup var server: ServerPlaceOptions

  func run() throws {
    let folder = try options.folder()
    Terminal.print(
      NginxConfiguration(try folder.show(), folder: try WebServerPath.of(folder), place: server.place).text())
  }
}
