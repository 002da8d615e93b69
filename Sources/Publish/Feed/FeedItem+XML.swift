import Foundation
import ShowModel

extension FeedItem {
  func write(to xml: inout XMLBytes, show: Show) {
    xml.element("item") { xml in
      xml.element("title", text: episode.title)
      xml.element("description", text: episode.description)
      xml.empty(
        "enclosure",
        [("url", enclosure.address), ("length", String(enclosure.byteCount)), ("type", enclosure.type)])
      xml.element("guid", [("isPermaLink", "false")], text: guid)
      xml.element("pubDate", text: FeedDate.text(published))
      xml.element("link", text: page)
      writeApple(to: &xml, show: show)
      writeNamespace(to: &xml)
    }
  }

  private func writeApple(to xml: inout XMLBytes, show: Show) {
    xml.element("itunes:duration", text: String(seconds))
    if let artwork { xml.empty("itunes:image", [("href", artwork)]) }
    xml.element("itunes:explicit", text: episode.isExplicit ?? show.isExplicit ? "true" : "false")
    if let number = episode.number { xml.element("itunes:episode", text: String(number)) }
    if let season = episode.season { xml.element("itunes:season", text: String(season)) }
    xml.element("itunes:episodeType", text: episode.kind.rawValue)
  }

  private func writeNamespace(to xml: inout XMLBytes) {
    if let season = episode.season { xml.element("podcast:season", text: String(season)) }
    if let number = episode.number { xml.element("podcast:episode", text: String(number)) }
    if let transcript {
      xml.empty("podcast:transcript", [("url", transcript.address), ("type", transcript.type)])
    }
    if let chapters { xml.empty("podcast:chapters", [("url", chapters), ("type", "application/json+chapters")]) }
    guard let integrity = enclosure.integrity else { return }
    let attributes: [XMLBytes.Attribute] = [
      ("type", enclosure.type), ("length", String(enclosure.byteCount)), ("default", "true"),
    ]
    xml.element("podcast:alternateEnclosure", attributes) { xml in
      xml.empty("podcast:source", [("uri", enclosure.address)])
      xml.empty("podcast:integrity", [("type", "sri"), ("value", integrity)])
    }
  }

  /// Rounded; a sound that is there lasts a second at the least.
  private var seconds: Int64 {
    milliseconds > 0 ? max(1, milliseconds / 1_000 + (milliseconds % 1_000 + 500) / 1_000) : 0
  }
}

extension FeedItem.Enclosure {
  /// Subresource Integrity (W3C, 3.5) of the sound: apps can tell whether what they got is what was published.
  /// nil where the digest is none.
  var integrity: String? {
    let digits = Array(digest.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return "sha256-" + Data(bytes).base64EncodedString()
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}
