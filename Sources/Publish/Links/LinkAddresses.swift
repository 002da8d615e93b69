import ShowModel

/// Where a private link leads. All such addresses begin alike, so that robots and directories can leave them alone.
package struct LinkAddresses: Sendable {
  /// Behind the address of the show; never changes.
  package static let prefix = "/p/"

  private let address: String

  package init(_ show: Show) { address = show.address }

  package func page(_ token: LinkToken) -> String { "\(address)\(Self.prefix)\(token.text)/" }

  package func feed(_ token: LinkToken) -> String { "\(page(token))feed.xml" }

  /// - Parameter id: of the link.
  package func sound(id: String, slug: String, revision digest: String, key: LinkKey) -> String {
    let token = DerivedToken.text(id: id, slug: slug, revision: digest, key: key)
    return "\(address)\(Self.prefix)\(token)/\(slug).mp3"
  }

  /// - Parameters:
  ///   - path: of a picture or a text on the shelf.
  ///   - id: of the link.
  package func file(_ path: String, id: String, key: LinkKey) -> String {
    "\(address)\(Self.prefix)\(DerivedToken.text(id: id, file: path, key: key))/\(path)"
  }
}
