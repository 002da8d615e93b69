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
    var digest = digest
    return digest.withUTF8 { $0.count == 64 && $0.allSatisfy(Self.isDigit) ? Self.integrity($0) : nil }
  }

  /// Three hexadecimal digits are twelve bits, which are two digits of base 64. One is left over: its four bits, filled
  /// up, and a sign that there are no more.
  private static func integrity(_ digits: UnsafeBufferPointer<UInt8>) -> String {
    // Digits are 0x30 and on, letters 0x61 and on.
    func bits(_ index: Int) -> Int { Int(digits[index] & 0x0f + digits[index] >> 6 * 9) }
    return String(unsafeUninitializedCapacity: start.utf8.count + 44) { text in
      var end = text.initialize(from: start.utf8).index
      func put(_ digit: UInt8) {
        text[end] = digit
        end += 1
      }
      for index in stride(from: 0, to: 63, by: 3) {
        let twelve = bits(index) << 8 | bits(index + 1) << 4 | bits(index + 2)
        put(base64[twelve >> 6])
        put(base64[twelve & 0x3f])
      }
      put(base64[bits(63) << 2])
      put(UInt8(ascii: "="))
      return end
    }
  }

  private static let start = "sha256-"
  private static let base64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
}
