import ArgumentParser
import Production
import Publish
import Serve
import ShowFolder

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Show what is published, over HTTP: to everybody, and to who has a private link.",
    discussion: """
      Example:
        podcast serve --show my-show --port 8080

      It looks at each request whether what it asks for is still published, and its link still valid: what is taken \
      back is gone at once. Each request is a line on standard error: date, method, path, status, bytes, milliseconds. \
      Nothing is kept of who listens. Ctrl-C ends it; downloads that are running then get five seconds.
      """)

  @OptionGroup var options: ShowOptions
  @Option(help: "The address to listen on: 0.0.0.0 for all of this computer's.") var host = "127.0.0.1"
  @Option(help: "The port to listen on: 8080 where none is named, 0 for any that is free.") var port: Int?
  @Option(help: ArgumentHelp("Listen on a socket, for nginx on this computer.", valueName: "file")) var socket: String?
  @Flag(help: "Behind nginx, as “podcast nginx” sets it up: it sends private sound.") var accel = false
  @Flag(help: "Leave out the lines about requests.") var quiet = false

  func validate() throws {
    if let socket { try ServerPlaceOptions.check(socket: socket, port: port) }
    if let port { try ServerPlaceOptions.check(port, least: 0) }
  }

  func run() async throws {
    let (folder, catalogue) = (try options.folder(), try options.catalogue())
    let log = quiet ? nil : AccessLog { Terminal.message($0) }
    let links = PrivatePlace(shelf: folder.shelf, builds: folder.builds, key: try LinkKey.read(in: folder))
    let site = Site(
      catalogue, folder: folder.publicFolder, links: links, front: accel ? .accelerator : .nothing, log: log)
    let place = socket.map(ServerPlace.socket) ?? .port(port ?? 8_080, host: host)
    try await WebServer.run(site, at: place) { Terminal.message("Listening on \($0)") }
    site.finish()
    try catalogue.close()
  }
}
