import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Publish
import ServiceLifecycle
import Synchronization

/// A site on a port of this computer.
package enum WebServer {
  /// Listens until the program is asked to end (SIGTERM, SIGINT); downloads that are running then get a little time.
  /// - Parameters:
  ///   - place: port 0 is any that is free; a socket may be used by every user of this computer who may enter its folder.
  ///   - grace: how long running downloads get.
  ///   - listening: told the address that is listened on, once it is.
  /// - Throws: `ServeError`. Being asked to end is no error.
  package static func run(
    _ site: Site, at place: ServerPlace, grace: Duration = .seconds(5),
    listening: @escaping @Sendable (String) -> Void
  ) async throws {
    openManyFiles()
    // The other half of the processors is for the web server that sends the sound.
    if site.front == .accelerator { NIOSingletons.groupLoopCountSuggestion = max(1, System.coreCount / 2) }
    if case .socket(let path) = place { try SocketFile.prepare(path) }
    let isListening = Mutex(false)
    let app = application(site, at: place) { address in
      isListening.withLock { $0 = true }
      listening(address)
    }
    var configuration = ServiceGroupConfiguration(
      services: [app], gracefulShutdownSignals: [.sigterm, .sigint], logger: app.logger)
    configuration.maximumGracefulShutdownDuration = grace
    defer { if case .socket(let path) = place, isListening.withLock({ $0 }) { unlink(path) } }
    do { try await ServiceGroup(configuration: configuration).run() } catch is CancellationError {
      // What had not ended when its time was over.
    } catch {
      throw isListening.withLock { $0 } ? ServeError.failed : ServeError.cannotListen(place, error)
    }
  }

  /// - Parameter idle: how long nothing may move on a connection.
  package static func application(
    _ site: Site, at place: ServerPlace, idle: Duration = Limits.idle,
    listening: @escaping @Sendable (String) -> Void = { _ in }
  ) -> Application<Site> {
    Application(
      responder: site, server: HTTPServerBuilder { SiteChannel(site, idle: idle, responder: $0) },
      configuration: ApplicationConfiguration(
        address: address(place), serverName: nil, backlog: Limits.connections,
        availableConnectionsDelegate: MaximumAvailableConnections(Limits.connections)),
      onServerRunning: { channel in
        // Few at a time, the last of hundreds that come at once would wait for seconds.
        try? await channel.setOption(.maxMessagesPerRead, value: Limits.acceptedAtOnce).get()
        switch place {
        case .socket(let path):
          SocketFile.open(path)
          listening(path)
        case .port(let port, let host):
          let name = host.contains(":") ? "[\(host)]" : host
          listening("http://\(name):\(channel.localAddress?.port ?? port)/")
        }
      },
      // What the library would tell is not for a log that must say nothing of listeners.
      logger: Logger(label: "podcast") { _ in SwiftLogNoOpLogHandler() })
  }

  private static func address(_ place: ServerPlace) -> BindAddress {
    switch place {
    case .port(let port, let host): .hostname(host, port: port)
    case .socket(let path): .unixDomainSocket(path: path)
    }
  }

  /// Each download needs a connection and a file; many systems allow a program 1,024 of them where it does not ask.
  package static func openManyFiles() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
