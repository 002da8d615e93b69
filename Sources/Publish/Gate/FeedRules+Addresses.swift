import Foundation
import ShowModel

extension FeedRules {
  private struct Written {
    let element: FeedElement
    /// As messages name it.
    let name: String
    let text: String
  }

  mutating func checkAddresses(channel: FeedElement) {
    let image = Self.attribute("href", of: channel["itunes:image"])
    let own = Self.attribute("href", of: Self.selfLink(channel))
    for written in [image, own].compactMap({ $0 }) { _ = check(written) }
    // A page elsewhere need not be ours to serve.
    if let link = Self.text(channel["link"]) { _ = check(link, isOurs: false) }
    guard let own, let address = WebAddress(own.text) else { return }
    switch audience {
    case .everybody: if address.isPrivate { report(.publicAddress, own.name, at: own.element) }
    case .invited: if !address.isPrivate { report(.privateSelf, at: own.element) }
    }
  }

  mutating func checkAddresses(item: FeedElement) {
    let single: [Written?] = [
      Self.attribute("url", of: item["enclosure"]), Self.text(item["link"]),
      Self.attribute("href", of: item["itunes:image"]), Self.attribute("url", of: item["podcast:chapters"]),
    ]
    let transcripts = item.all("podcast:transcript").map { Self.attribute("url", of: $0) }
    let sources = item.all("podcast:alternateEnclosure").flatMap { $0.all("podcast:source") }
      .filter { $0.attributes["uri"]?.lowercased().hasPrefix("http") ?? false }.map { Self.attribute("uri", of: $0) }
    for written in (single + transcripts + sources).compactMap({ $0 }) {
      guard let address = check(written) else { continue }
      switch audience {
      case .everybody: if address.isPrivate { report(.publicAddress, written.name, at: written.element) }
      case .invited: if !address.isPrivate { report(.privateAddress, written.name, at: written.element) }
      }
    }
  }

  /// - Returns: nil for what was reported as no address.
  private mutating func check(_ written: Written, isOurs: Bool = true) -> WebAddress? {
    guard written.text.utf8.allSatisfy({ $0 < 0x80 }) else {
      report(.asciiAddress, written.name, at: written.element)
      return nil
    }
    guard let address = WebAddress(written.text) else {
      report(.address, written.name, at: written.element)
      return nil
    }
    if address.hasLogin { report(.login, written.name, at: written.element) }
    guard isOurs, !(isTrial && address.isLoopback) else { return address }
    if address.scheme != "https" { report(.https, written.name, at: written.element) }
    if address.isLocal { report(.host, written.name, at: written.element) }
    return address
  }

  private static func attribute(_ name: String, of element: FeedElement?) -> Written? {
    guard let element else { return nil }
    // An enclosure or picture without an address is reported as missing.
    guard let text = element.attributes[name] else {
      return element.name.hasPrefix("podcast:") ? Written(element: element, name: element.name, text: "") : nil
    }
    return text.isEmpty && !element.name.hasPrefix("podcast:")
      ? nil : Written(element: element, name: element.name, text: text)
  }

  private static func text(_ element: FeedElement?) -> Written? {
    guard let element, !element.trimmed.isEmpty else { return nil }
    return Written(element: element, name: element.name, text: element.trimmed)
  }
}
