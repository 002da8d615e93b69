import Foundation
import PCM
import ShowModel

/// A show as RSS 2.0, for everybody or for one person's private link, with the tags of Apple, PSP-1 and Podcasting 2.0.
///
/// A private feed asks every directory to leave it alone, and holds neither the owner's e-mail address nor what the
/// public show is known by, so that an index that gets hold of it can't take it for the public one.
package struct Feed: Hashable, Sendable {
  package var show: Show
  /// In any order: the newest is written first, and ``Show/Kind`` tells apps how to sort them.
  package var items: [FeedItem]
  /// Its own address; nil in a private feed that does not say it.
  package var address: String?
  /// The address of the show's picture.
  package var artwork: String
  /// Of the show, for life; written for everybody alone.
  package var guid: String?
  package var audience: Audience
  /// When something in it last changed.
  package var updated: Date

  package init(
    show: Show, items: [FeedItem], address: String?, artwork: String, guid: String? = nil, audience: Audience,
    updated: Date
  ) {
    (self.show, self.items, self.address) = (show, items, address)
    (self.artwork, self.guid, self.audience, self.updated) = (artwork, guid, audience, updated)
  }

  /// The newest first; those of the same second in the order of their guids, so that the same values give the same bytes.
  package var sortedItems: [FeedItem] {
    order.map { items[$0] }
  }

  /// Of the items' indices.
  private var order: [Int] {
    items.indices.sorted { (items[$0].published, items[$0].guid) > (items[$1].published, items[$1].guid) }
  }

  /// So many items are written one after the other; more of them on all cores.
  private static let part = 500

  /// - Returns: UTF-8; the same for the same values on every machine. Well-formed whatever the texts hold: characters that
  ///   XML 1.0 forbids become spaces.
  /// - Complexity: linear in the length of the texts.
  package func xml() -> [UInt8] {
    let order = order
    let parts = AllCores.map((order.count + Self.part - 1) / Self.part) { part in
      itemsXML(order[(part * Self.part)...].prefix(Self.part))
    }
    var xml = XMLBytes(reserving: 16_384 + parts.reduce(0) { $0 + $1.count })
    xml.declare()
    xml.element("rss", Self.namespaces) { xml in
      xml.element("channel") { xml in
        writeChannel(to: &xml)
        for part in parts { xml.append(part) }
      }
    }
    return xml.bytes()
  }

  private func itemsXML(_ indices: ArraySlice<Int>) -> [UInt8] {
    // In `channel` in `rss`.
    var xml = XMLBytes(reserving: indices.count * 2_048, depth: 2)
    items.withUnsafeBufferPointer { items in
      for index in indices { items[index].write(to: &xml, show: show) }
    }
    return xml.bytes()
  }

  private static let namespaces: [XMLBytes.Attribute] = [
    ("version", "2.0"), ("xmlns:atom", XMLNamespace.atom), ("xmlns:itunes", XMLNamespace.itunes),
    ("xmlns:podcast", XMLNamespace.podcast),
  ]
}

enum XMLNamespace {
  static let atom = "http://www.w3.org/2005/Atom"
  static let itunes = "http://www.itunes.com/dtds/podcast-1.0.dtd"
  static let podcast = "https://podcastindex.org/namespace/1.0"
  /// The older name of the same, which readers must know as well.
  static let oldPodcast = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
}
