/// RSS 2.0 (cyber.harvard.edu/rss), RFC 2822 for its dates, and PSP-1.
extension GateRule {
  static let xml = GateRule(
    .rss, "xml", "this is not well-formed XML", "Close every tag, and write “&” and “<” as &amp; and &lt;.")
  static let version = GateRule(
    .rss, "version", "this is not RSS 2.0", "Begin it with <rss version=\"2.0\">, with one <channel> inside.")
  static let tagTwice = GateRule(.rss, "tag-twice", "“%” is there twice", "Keep one of them.")
  static let link = GateRule(.rss, "link", "the show has no “link”", "Give the address of its page.")
  static let description = GateRule(.rss, "description", "the show has no “description”", "Say what it is about.")
  static let date = GateRule(
    .rss, "date", "“%” is no date of RFC 2822", "Write it as in Tue, 24 Nov 2026 08:00:00 GMT.")
  static let guidTwice = GateRule(
    .rss, "guid-twice", "another episode has the same “guid”", "Give each its own: apps take them for one episode.")
  static let guidPermalink = GateRule(
    .rss, "guid-permalink", "the “guid” is no address, but does not say so", "Add isPermaLink=\"false\" to it.")
  static let address = GateRule(
    .rss, "address", "“%” is no web address", "Write it from https:// on, without spaces.")

  static let rss = [xml, version, tagTwice, link, description, date, guidTwice, guidPermalink, address]

  static let utf8 = GateRule(.psp1, "utf-8", "this is not UTF-8", "Save it in UTF-8, and say so in its first line.")
  static let selfAddress = GateRule(
    .psp1, "self", "the feed does not say its own address", "Add <atom:link rel=\"self\" href=\"…\"/>.")
  static let selfType = GateRule(
    .psp1, "self-type", "“atom:link” says another type than that of a feed", "Write type=\"application/rss+xml\".")

  static let psp1 = [utf8, selfAddress, selfType]
}
