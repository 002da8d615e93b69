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
  @Option(help: "The port to listen on: 0 for any that is free.") var port = 8080
  @Flag(help: "Behind nginx, as “podcast nginx” sets it up: it sends private sound.") var accel = false
  @Flag(help: "Leave out the lines about requests.") var quiet = false

  func validate() throws { try Self.check(port, least: 0) }

  static func check(_ port: Int, least: Int) throws {
    guard (least...65_535).contains(port) else {
      throw ValidationError("A port is a number from \(least) to 65535.")
    }
  }

  func run() async throws {
    let (folder, catalogue) = (try options.folder(), try options.catalogue())
    let log = quiet ? nil : AccessLog { Terminal.message($0) }
    let place = PrivatePlace(shelf: folder.shelf, builds: folder.builds, key: try LinkKey.read(in: folder))
    let site = Site(
      catalogue, folder: folder.publicFolder, links: place, front: accel ? .accelerator : .nothing, log: log)
    try await WebServer.run(site, host: host, port: port) { Terminal.message("Listening on \($0)") }
    site.finish()
    try catalogue.close()
  }
}
