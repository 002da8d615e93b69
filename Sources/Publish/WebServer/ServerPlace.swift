/// Where `podcast serve` listens.
package enum ServerPlace: Hashable, Sendable {
  /// - Parameter host: a name or an address of this computer.
  case port(Int, host: String)
  /// A socket in the file system (unix(7)), for a web server on the same computer: it takes less time than a connection over
  /// the network, also where that leads nowhere.
  case socket(String)

  /// As nginx names it.
  var upstream: String {
    switch self {
    case .port(let port, let host): "\(host):\(port)"
    case .socket(let path): "unix:\(path)"
    }
  }

  /// As `podcast serve` takes it.
  var options: String {
    switch self {
    case .port(let port, _): "--port \(port)"
    case .socket(let path): "--socket \(path)"
    }
  }
}
