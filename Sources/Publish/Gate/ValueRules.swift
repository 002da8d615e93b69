import Foundation
import ShowModel

/// What can only be seen before a feed is written.
enum ValueRules {
  static func faults(of feed: Feed) -> [GateFault] {
    let show = feed.show
    let lines: [(String, String)] = [
      ("title", show.title), ("author", show.author), ("copyright", show.copyright ?? ""),
      ("email", show.email?.revealed ?? ""),
    ]
    return controls(lines, text: show.description, at: show.place) + feed.sortedItems.flatMap(faults)
  }

  private static func faults(of item: FeedItem) -> [GateFault] {
    let episode = item.episode
    var faults = controls([("title", episode.title)], text: episode.description, at: episode.place)
    if item.enclosure.integrity == nil { faults.append(GateRule.digest.fault(at: episode.place)) }
    if episode.slug.contains("-"), episode.title.lowercased() == episode.slug {
      faults.append(GateRule.fileName.fault(at: episode.place))
    }
    return faults
  }

  private static func controls(_ lines: [(String, String)], text: String, at place: Place) -> [GateFault] {
    var names = lines.filter { $0.1.unicodeScalars.contains(where: isControl) }.map(\.0)
    let allowed: Set<Unicode.Scalar> = ["\n", "\r", "\t"]
    if text.unicodeScalars.contains(where: { isControl($0) && !allowed.contains($0) }) { names.append("description") }
    return names.map { GateRule.controlCharacter.fault($0, at: place) }
  }

  /// Of ISO 646 and ISO 6429, and code points that are no characters. Marks that turn the direction of text are none.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value & 0xfffe == 0xfffe
      || (0xfdd0...0xfdef).contains(scalar.value)
  }
}
