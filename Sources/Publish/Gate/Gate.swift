import Foundation
import ShowModel

/// What a feed has to pass before anybody sees it: every rule of Apple, PSP-1 and Podcasting 2.0 that can be checked
/// offline, and this house's own.
///
/// What is checked is the feed as it is written, so the gate and the writer can't disagree; where something is wrong,
/// the place is the editor's file.
package struct Gate: Sendable {
  package var feed: Feed
  /// Of the show's picture; nil where it could not be read.
  package var artwork: ArtworkFacts?
  /// Of pictures of episodes, by slug.
  package var pictures: [String: ArtworkFacts]
  /// For trying things out on one computer: its own addresses over http are let through.
  package var isTrial: Bool

  package init(
    _ feed: Feed, artwork: ArtworkFacts?, pictures: [String: ArtworkFacts] = [:], isTrial: Bool = false
  ) {
    (self.feed, self.artwork, self.pictures, self.isTrial) = (feed, artwork, pictures, isTrial)
  }

  /// Whether a show is where this computer alone can listen: `http://127.0.0.1:8080`.
  package static func isTrial(_ show: Show) -> Bool { WebAddress(show.address)?.isLoopback ?? false }

  /// The ids of all rules.
  package static var rules: [String] { GateRule.all.map(\.id) }

  /// - Throws: `PublishError` `.refused`, with all faults.
  package func pass() throws(PublishError) {
    let faults = faults()
    if !faults.isEmpty { throw PublishError(faults) }
  }

  /// - Returns: all of them; none for a feed that may go out.
  package func faults() -> [GateFault] {
    feedFaults() + ValueRules.faults(of: feed) + artworkFaults()
  }

  private func feedFaults() -> [GateFault] {
    do {
      let root = try FeedReader.read(feed.xml()).root
      let items = root["channel"]?.all("item") ?? []
      let places = Dictionary(
        zip(items.map(\.line), feed.sortedItems.map(\.episode.place)), uniquingKeysWith: { first, _ in first })
      let starts = items.map(\.line)
      var rules = FeedRules(root, audience: feed.audience, isTrial: isTrial) { element in
        // The last item that begins at or before the element; what stands before all of them is the show's.
        let count = starts.partitioningIndex { $0 > element.line }
        return count == 0 ? feed.show.place : places[starts[count - 1]] ?? feed.show.place
      }
      rules.check()
      return rules.faults
    } catch {
      return [error.rule.fault(at: feed.show.place)]
    }
  }

  private func artworkFaults() -> [GateFault] {
    let own = ArtworkRules.faults(of: artwork, address: feed.artwork, missing: Place(file: feed.show.artwork))
    return own
      + feed.sortedItems.flatMap { item -> [GateFault] in
        guard let address = item.artwork else { return [] }
        return ArtworkRules.faults(of: pictures[item.episode.slug], address: address, missing: item.episode.place)
      }
  }
}

extension [Int] {
  /// Of the first that is so; before it none is, behind it all are.
  fileprivate func partitioningIndex(where isSo: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isSo(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
