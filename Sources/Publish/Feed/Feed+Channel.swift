import ShowModel

extension Feed {
  func writeChannel(to xml: inout XMLBytes) {
    xml.element("title", text: show.title)
    xml.element("link", text: show.website ?? show.address)
    // Escaped text, not CDATA: there is nothing that could end it.
    xml.element("description", text: show.description)
    xml.element("language", text: show.language)
    if let copyright = show.copyright { xml.element("copyright", text: copyright) }
    xml.element("generator", text: "podcast")
    xml.element("lastBuildDate", text: FeedDate.text(updated))
    if let newest = items.map(\.published).max() { xml.element("pubDate", text: FeedDate.text(newest)) }
    if let address {
      xml.empty("atom:link", [("rel", "self"), ("type", "application/rss+xml"), ("href", address)])
    }
    writeApple(to: &xml)
    writeNamespace(to: &xml)
  }

  private func writeApple(to xml: inout XMLBytes) {
    xml.empty("itunes:image", [("href", artwork)])
    for category in show.categories { Self.write(category, to: &xml) }
    xml.element("itunes:explicit", text: show.isExplicit ? "true" : "false")
    xml.element("itunes:author", text: show.author)
    xml.element("itunes:type", text: show.kind.rawValue)
    if let email = publicEmail {
      xml.element("itunes:owner") { xml in
        xml.element("itunes:name", text: show.author)
        xml.element("itunes:email", text: email)
      }
    }
    if audience == .invited { xml.element("itunes:block", text: "Yes") }
  }

  private static func write(_ category: Show.Category, to xml: inout XMLBytes) {
    guard let subcategory = category.subcategory else { return xml.empty("itunes:category", [("text", category.name)]) }
    xml.element("itunes:category", [("text", category.name)]) { xml in
      xml.empty("itunes:category", [("text", subcategory)])
    }
  }

  private func writeNamespace(to xml: inout XMLBytes) {
    let isLocked = audience == .invited || show.isLocked
    var owner: [XMLBytes.Attribute] = []
    if let publicEmail { owner.append(("owner", publicEmail)) }
    xml.element("podcast:locked", owner, text: isLocked ? "yes" : "no")
    xml.element("podcast:medium", text: "podcast")
    switch audience {
    case .everybody: if let guid { xml.element("podcast:guid", text: guid) }
    case .invited: xml.element("podcast:block", text: "yes")
    }
  }

  /// Directories ask for it; nobody who has a private link does.
  private var publicEmail: String? { audience == .everybody ? show.email?.revealed : nil }
}
