import Publish

/// What a request asks for. Only these few shapes of addresses exist; anything else is unknown, whatever lies on disk.
enum SiteAddress: Sendable {
  case health
  /// A web server in front asks whether another address may be sent.
  case check
  /// Below `/p/`.
  case ofLink(PrivateAddress)
  /// One of the few files with a name of their own.
  case file(String)
  case page(slug: String)
  /// A page's address without its last slash.
  case pageFolder(slug: String)
  /// A picture: its name begins with the digest of its bytes.
  case picture(path: String, digest: String)
  /// A text of an episode, named likewise.
  case text(slug: String, path: String, digest: String)
  case sound(slug: String, path: String)
  case unknown

  /// - Parameter target: of the request line, as it was sent. Nothing in it is decoded: no address that was ever
  ///   published needs that, and what can't be written can't be smuggled.
  init(_ target: String) {
    // Bytes, not characters: finding those takes longer here than all else that is done for a request.
    let path = Array(target.utf8)[Self.path(of: target)]
    guard !path.elementsEqual(Accelerator.check.utf8) else {
      self = .check
      return
    }
    guard path.count <= Limits.addressBytes, path.allSatisfy(Self.isPlain) else {
      self = path.starts(with: "/p/".utf8) ? .ofLink(.unknown) : .unknown
      return
    }
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count > 1, parts[0].isEmpty else {
      self = .unknown
      return
    }
    self = Self.known(Array(parts.dropFirst())) ?? .unknown
  }

  static func known(_ parts: [String]) -> SiteAddress? {
    switch (parts[0], parts.count) {
    case ("", 1): .file("index.html")
    case ("feed.xml", 1), ("robots.txt", 1): .file(parts[0])
    case ("health", 1): .health
    case ("p", 2...): .ofLink(PrivateAddress(Array(parts.dropFirst())))
    case ("episodes", 2) where isSlug(parts[1]): .pageFolder(slug: parts[1])
    case ("episodes", 3) where isSlug(parts[1]) && parts[2].isEmpty: .page(slug: parts[1])
    case ("art", 2): digest(parts[1], ["png", "jpg"]).map { .picture(path: parts.joined(separator: "/"), digest: $0) }
    case ("text", 3) where isSlug(parts[1]):
      digest(parts[2], ["json", "vtt", "srt", "txt"]).map {
        .text(slug: parts[1], path: parts.joined(separator: "/"), digest: $0)
      }
    case ("media", 3) where isSlug(parts[1]) && parts[2].hasSuffix(".mp3") && !parts[2].hasPrefix("."):
      .sound(slug: parts[1], path: parts.joined(separator: "/"))
    default: nil
    }
  }

  /// - Returns: the digest that a name begins with; nil for what is no such name.
  private static func digest(_ name: String, _ endings: [String]) -> String? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[0].utf8.count == 16, parts[0].allSatisfy({ "0123456789abcdef".contains($0) }),
      endings.contains(parts[1])
    else { return nil }
    return parts[0]
  }

  /// Without the query, and without the scheme and host that a request may name as well (RFC 9112, 3.2.2).
  /// - Returns: places of bytes.
  private static func path(of target: String) -> Range<Int> {
    var rest = target[...]
    if rest.utf8.first != UInt8(ascii: "/") {
      for scheme in ["http://", "https://"] where rest.prefix(scheme.count).lowercased() == scheme {
        rest = rest.dropFirst(scheme.count)
        rest = rest[(rest.utf8.firstIndex { isEnd($0) || $0 == UInt8(ascii: "/") } ?? rest.endIndex)...]
        break
      }
    }
    let start = target.utf8.count - rest.utf8.count
    return start..<(start + rest.utf8.prefix { !isEnd($0) }.count)
  }

  /// Where a path ends.
  private static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
  }

  static func isSlug(_ text: String) -> Bool {
    (1...60).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  }

  /// For the log. What is not an address of the site may be a mistyped private link: nothing of it is told.
  var logged: String {
    switch self {
    case .health: "/health"
    case .check: "(check)"
    case .ofLink: "/p/"
    case .file("index.html"): "/"
    case .file(let path), .picture(let path, _), .text(_, let path, _), .sound(_, let path): "/\(path)"
    case .page(let slug): "/episodes/\(slug)/"
    case .pageFolder(let slug): "/episodes/\(slug)"
    case .unknown: "(unknown)"
    }
  }
}
