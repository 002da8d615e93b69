import Foundation
import Publish

/// The file of a socket (unix(7)).
enum SocketFile {
  /// What a server that was killed has left is removed when the next one begins; that of one that runs stays.
  /// - Throws: `ServeError` `.addressInUse`.
  static func prepare(_ path: String) throws {
    guard isAnswered(path) else { return }
    throw ServeError.cannotListen(.socket(path), POSIXError(.EADDRINUSE))
  }

  /// Lets a web server of another user ask; the rights of the folder say which users may.
  static func open(_ path: String) { chmod(path, 0o666) }

  private static func isAnswered(_ path: String) -> Bool {
    let socket = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}
