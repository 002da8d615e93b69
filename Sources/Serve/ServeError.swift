import Foundation
import NIOCore
import Publish
import ShowModel

/// What can go wrong in `Serve`. It never holds anything of a request.
package struct ServeError: ExplainedError {
  /// What kind of thing went wrong; open, so that new ones break nobody.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let addressInUse = Self(rawValue: "address-in-use")
    package static let cannotListen = Self(rawValue: "cannot-listen")
    package static let cannotRead = Self(rawValue: "cannot-read")
    package static let failed = Self(rawValue: "failed")
  }

  package let code: Code
  package let place: Place?
  package let problem: String
  package let remedy: String
  package let exit: ExitStatus

  init(_ code: Code, at place: Place? = nil, _ problem: String, _ remedy: String, exit: ExitStatus) {
    (self.code, self.place, self.problem, self.remedy, self.exit) = (code, place, problem, remedy, exit)
  }

  static func cannotListen(_ place: ServerPlace, _ error: any Error) -> ServeError {
    let code = (error as? IOError)?.errnoCode ?? (error as? POSIXError)?.code.rawValue
    return switch place {
    case .port(let port, let host): cannotListen(host, port, code)
    case .socket(let path): cannotListen(path, code)
    }
  }

  private static func cannotListen(_ path: String, _ code: Int32?) -> ServeError {
    guard code != EADDRINUSE else {
      return ServeError(
        .addressInUse, at: Place(file: path), "another program listens on this socket",
        "End that one, perhaps another “podcast serve”, or choose another file with --socket.", exit: .unavailable)
    }
    return ServeError(
      .cannotListen, at: Place(file: path), "no socket can be made here",
      "Name a file that is not there yet, in a folder that is, and that this user may write to.", exit: .unavailable)
  }

  private static func cannotListen(_ host: String, _ port: Int, _ code: Int32?) -> ServeError {
    switch code {
    case EADDRINUSE:
      ServeError(
        .addressInUse, "port \(port) of \(host) is taken by another program",
        "End that one, perhaps another “podcast serve”, or choose another port with --port.", exit: .unavailable)
    case EACCES, EPERM:
      ServeError(
        .cannotListen, "this user may not listen on port \(port)",
        "Choose a port from 1024 on with --port, and let a web server such as nginx pass requests on.",
        exit: .unavailable)
    default:
      ServeError(
        .cannotListen, "“\(host)” is no address of this computer that can be listened on",
        "Use --host 127.0.0.1 for this computer alone, or --host 0.0.0.0 for all of its addresses.",
        exit: .unavailable)
    }
  }

  /// - Parameter path: below `public/`.
  static func cannotRead(_ path: String, code: Int32) -> ServeError {
    ServeError(
      .cannotRead, at: Place(file: path), "a published file can't be read: \(String(cString: strerror(code)))",
      "Look at the rights of public, and run “podcast feed”.", exit: .inputOutput)
  }

  static let failed = ServeError(
    .failed, "the server ended unexpectedly", "Start it again; please report this.", exit: .software)
}
