import Foundation

/// An address, as the rules look at it.
struct WebAddress {
  let scheme, host: String
  let path: String
  let hasLogin: Bool

  /// nil for what is no absolute address of http or https.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }),
      let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = parts.host?.lowercased(), !host.isEmpty
    else { return nil }
    (self.scheme, self.host, path) = (scheme, host, parts.path)
    hasLogin = parts.user != nil || parts.password != nil
  }

  /// All private addresses have it, so that directories can know them.
  static let privatePrefix = "/p/"

  var isPrivate: Bool { path.contains(Self.privatePrefix) }

  var isLoopback: Bool { ["localhost", "[::1]", "::1"].contains(host) || octets?.first == 127 }

  /// Names and numbers (RFC 1918, RFC 6762) that mean something in one network only.
  var isLocal: Bool {
    if isLoopback || host.hasPrefix("[f") || host.hasPrefix("[::") { return true }
    if let octets = octets { return octets[0] == 10 || octets[0] == 192 && octets[1] == 168 || isLinkLocal(octets) }
    let last = host.split(separator: ".").last ?? ""
    return !host.contains(".") && !host.hasPrefix("[")
      || ["local", "localhost", "lan", "internal", "home"].contains(last)
  }

  private var octets: [Int]? {
    let parts = host.split(separator: ".").map { Int($0) }
    return parts.count == 4 && !parts.contains(nil) ? parts.compactMap { $0 } : nil
  }

  private func isLinkLocal(_ octets: [Int]) -> Bool {
    octets[0] == 169 && octets[1] == 254 || octets[0] == 172 && (16...31).contains(octets[1]) || octets[0] == 0
  }

  /// Of the file, in lower case; empty where there is none.
  var fileExtension: String { Self.fileExtension(path) }

  static func fileExtension(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return name.contains(".") ? name.split(separator: ".").last?.lowercased() ?? "" : ""
  }
}
