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
        podcast nginx | sudo tee /etc/nginx/sites-enabled/podcast

      nginx does TLS and sends the sound; “podcast serve --accel” says to whom. Its log names no private link. Check it \
      with “nginx -t”.
      """)

  @OptionGroup var options: ShowOptions
  @OptionGroup var server: ServerPlaceOptions

  func run() throws {
    let folder = try options.folder()
    let path = try WebServerPath.of(folder)
    let closed = WebServerPath.closed(onTheWayTo: path)
    Terminal.print(
      NginxConfiguration(try folder.show(), folder: path, closed: closed, place: server.place).text())
  }
}
