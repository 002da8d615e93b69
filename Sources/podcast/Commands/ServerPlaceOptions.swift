import ArgumentParser
import Publish
import ShowModel

/// Where `podcast serve` listens on this computer, for who stands in front of it.
struct ServerPlaceOptions: ParsableArguments {
  @Option(help: "The port of “podcast serve”: 8080 where none is named.") var port: Int?
  @Option(help: ArgumentHelp("The socket of “podcast serve”, in place of a port.", valueName: "file")) var socket:
    String?

  func validate() throws {
    if let socket { try Self.check(socket: socket, port: port) }
    if let port { try Self.check(port, least: 1) }
  }

  var place: ServerPlace { socket.map(ServerPlace.socket) ?? .port(port ?? 8_080, host: "127.0.0.1") }

  static func check(_ port: Int, least: Int) throws {
    guard (least...65_535).contains(port) else {
      throw ValidationError("A port is a number from \(least) to 65535.")
    }
  }

  static func check(socket: String, port: Int?) throws {
    guard port == nil else {
      throw ValidationError("A server listens on a port or on a socket: leave out one of them.")
    }
    // As long as the system takes (unix(7)), and of signs that mean nothing else in the configurations that name it.
    guard socket.utf8.count <= 107, socket.wholeMatch(of: /\/[A-Za-z0-9\/._+@-]+/) != nil else {
      throw ValidationError(
        "A socket is a path from “/” on, of at most 107 letters, digits, hyphens and dots: /run/podcast/serve.sock")
    }
  }
}
