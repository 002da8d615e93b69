import ShowModel

/// What a request asks for below `/p/`. It holds secrets, and never describes itself.
enum PrivateAddress: Sendable {
  /// The form in which people ask for a link.
  case request
  case page(LinkToken)
  /// A page's address without its last slash.
  case pageFolder(LinkToken)
  case feed(LinkToken)
  case sound(LinkToken, slug: String)
  case file(LinkToken, File)
  case unknown

  /// A picture, or a text of an episode, by its path on the shelf.
  struct File: Sendable {
    let text: String
    /// What its name begins with: of its bytes.
    let digest: String
    let slug: String?
  }

  /// - Parameter parts: of the address, behind `/p/`.
  init(_ parts: [String]) {
    self = .unknown
    if parts == [""] { self = .request }
    guard let token = LinkToken(parts[0]) else { return }
    switch (parts.count, parts.last ?? "") {
    case (1, _): self = .pageFolder(token)
    case (2, ""): self = .page(token)
    case (2, "feed.xml"): self = .feed(token)
    case (2, let name) where name.hasSuffix(".mp3"):
      let slug = String(decoding: name.utf8.dropLast(4), as: UTF8.self)
      if SiteAddress.isSlug(slug) { self = .sound(token, slug: slug) }
    default:
      switch SiteAddress.known(Array(parts.dropFirst())) {
      case .picture(let path, let digest): self = .file(token, File(text: path, digest: digest, slug: nil))
      case .text(let slug, let path, let digest): self = .file(token, File(text: path, digest: digest, slug: slug))
      default: return
      }
    }
  }
}
