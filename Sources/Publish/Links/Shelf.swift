import Foundation
import ShowModel

/// What private pages and feeds are made of: the show, and every episode that anybody may hear, as they were when
/// something was last published. Files are named by their paths beside it.
package struct Shelf: Codable, Hashable, Sendable {
  package static let name = "shelf.json"

  package let show: Show
  /// Of every audience; pages and sound have no address in them.
  package let items: [FeedItem]
  /// The show's picture.
  package let artwork: String

  package init(show: Show, items: [FeedItem], artwork: String) {
    (self.show, self.items, self.artwork) = (show, items, artwork)
  }

  /// - Throws: what `JSONDecoder` does.
  package init(bytes: [UInt8]) throws { self = try JSONDecoder().decode(Shelf.self, from: Data(bytes)) }

  /// JSON; the same for the same values.
  package func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return [UInt8](try encoder.encode(self))
  }
}
