import Foundation
import ShowModel

/// The rules over a feed that was read: of an editor's own values just as of anybody's bytes.
struct FeedRules {
  let root: FeedElement
  let audience: Audience
  /// For trying things out on one computer: its own addresses over http are let through.
  let isTrial: Bool
  /// Where what an element says was written.
  let place: (FeedElement) -> Place
  private(set) var faults: [GateFault] = []

  init(_ root: FeedElement, audience: Audience, isTrial: Bool, place: @escaping (FeedElement) -> Place) {
    (self.root, self.audience, self.isTrial, self.place) = (root, audience, isTrial, place)
  }

  mutating func check() {
    let channels = root.all("channel")
    guard root.name == "rss", root.attributes["version"] == "2.0", channels.count == 1 else {
      return report(.version, at: root)
    }
    check(channel: channels[0])
    let items = channels[0].all("item")
    for item in items { check(item: item, isSerial: channels[0]["itunes:type"]?.trimmed.lowercased() == "serial") }
    checkUnique(items)
  }

  mutating func report(_ rule: GateRule, _ subject: String = "", at element: FeedElement) {
    faults.append(rule.fault(subject, at: place(element)))
  }

  /// Apps show one of them, and not all the same one.
  mutating func checkOnce(_ names: [String], in element: FeedElement) {
    for name in names {
      let all = element.all(name)
      if all.count > 1 { report(.tagTwice, name, at: all[1]) }
    }
  }

  /// Where it is there, it is one of these.
  mutating func check(_ name: String, in element: FeedElement, isOneOf words: Set<String>, _ rule: GateRule) {
    if let child = element[name], !words.contains(child.trimmed.lowercased()) { report(rule, at: child) }
  }

  mutating func check(_ name: String, in element: FeedElement, _ rule: GateRule, _ isRight: (String) -> Bool) {
    if let child = element[name], !isRight(child.trimmed) { report(rule, at: child) }
  }

  private mutating func checkUnique(_ items: [FeedElement]) {
    var (guids, sounds) = (Set<String>(), Set<String>())
    for item in items {
      if let guid = item["guid"], !guids.insert(guid.trimmed).inserted { report(.guidTwice, at: guid) }
      guard let enclosure = item["enclosure"], let address = enclosure.attributes["url"] else { continue }
      if !sounds.insert(address).inserted { report(.soundTwice, at: enclosure) }
    }
  }
}
