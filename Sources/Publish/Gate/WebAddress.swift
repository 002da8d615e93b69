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
  static let privatePrefix = "/\(privateFolder)/"
  private static let privateFolder = "p"

  var isPrivate: Bool {
    let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return names.dropFirst().dropLast().contains { $0.elementsEqual(Self.privateFolder.utf8) }
  }

  var isLoopback: Bool { ["localhost", "[::1]", "::1"].contains(host) || octets?.first == 127 }

  /// Names and numbers (RFC 1918, RFC 6762) that mean something in one network only.
  var isLocal: Bool {
    if isLoopback || host.hasPrefix("[f") || host.hasPrefix("[::") { return true }
    if let octets = octets { return octets[0] == 10 || octets[0] == 192 && octets[1] == 168 || isLinkLocal(octets) }
    let last = host.utf8.split(separator: UInt8(ascii: ".")).last.map { String(Substring($0)) } ?? ""
    return !host.utf8.contains(UInt8(ascii: ".")) && !host.hasPrefix("[")
      || ["local", "localhost", "lan", "internal", "home"].contains(last)
  }

  private var octets: [Int]? {
    guard host.utf8.last.map({ (0x30...0x39).contains($0) }) ?? false else { return nil }
    let parts = host.split(separator: ".").map { Int($0) }
    return parts.count == 4 && !parts.contains(nil) ? parts.compactMap { $0 } : nil
  }

  private func isLinkLocal(_ octets: [Int]) -> Bool {
    octets[0] == 169 && octets[1] == 254 || octets[0] == 172 && (16...31).contains(octets[1]) || octets[0] == 0
  }

  /// Of the file, in lower case; empty where there is none.
  var fileExtension: String { Self.fileExtension(path) }

  static func fileExtension(_ path: String) -> String {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? "".utf8[...]
    guard name.contains(UInt8(ascii: ".")) else { return "" }
    return name.split(separator: UInt8(ascii: ".")).last.map { Substring($0).lowercased() } ?? ""
  }
}
