import Foundation
import ShowModel

/// The show as one private link opens it: a page and a feed, whose addresses hold secrets of this link alone.
package struct PrivateEdition {
  private let shelf: Shelf
  private let token: LinkToken
  private let key: LinkKey
  private let addresses: LinkAddresses
  private let items: [FeedItem]

  /// - Parameter items: those of the shelf that the link opens now.
  package init(_ shelf: Shelf, items: [FeedItem], token: LinkToken, key: LinkKey) {
    (self.shelf, self.token, self.key) = (shelf, token, key)
    let addresses = LinkAddresses(shelf.show)
    self.addresses = addresses
    self.items = items.map { item in
      item.located(
        page: addresses.page(token),
        sound: addresses.sound(id: token.id, slug: item.episode.slug, revision: item.enclosure.digest, key: key)
      ) { addresses.file($0, id: token.id, key: key) }
    }
  }

  package func feed() -> [UInt8] { content.xml() }

  package func page() -> [UInt8] { SitePages(content).invited(to: addresses.feed(token)) }

  private var content: Feed {
    Feed(
      show: shelf.show, items: items, address: addresses.feed(token),
      artwork: addresses.file(shelf.artwork, id: token.id, key: key), audience: .invited,
      updated: items.map(\.published).max() ?? Date(timeIntervalSince1970: 0))
  }
}
