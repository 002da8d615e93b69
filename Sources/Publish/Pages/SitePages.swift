import Foundation
import ShowModel

/// The pages of a show, made of what its feed says.
package struct SitePages {
  /// What a page may load: nothing but pictures and sound of its own site. Said in the page, and by a server as well.
  package static let contentSecurityPolicy =
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'"

  /// How a page reaches the folder that all are in.
  enum Place: String {
    case top = "./"
    /// Also that of a private link.
    case episode = "../../"
  }

  let feed: Feed
  let words: PageWords

  package init(_ feed: Feed) {
    self.feed = feed
    words = PageWords.of(feed.show.language)
  }

  /// With all episodes, the newest first.
  package func index() -> [UInt8] {
    let show = feed.show
    let items = feed.sortedItems.map { item in
      """
      <article>
      <h2><a href="\(link(item.page, from: .top))" dir="auto">\(HTML.escaped(item.episode.title))</a></h2>
      \(facts(item))\(player(item, on: .top))</article>

      """
    }
    let body = """
      <header>
      \(picture(feed.artwork, on: .top))<h1 dir="auto">\(HTML.escaped(show.title))</h1>
      <p class="quiet" dir="auto">\(HTML.escaped(show.author))</p>
      \(HTML.paragraphs(show.description))\(subscription)</header>
      <main>
      <h2>\(HTML.escaped(words.episodes))</h2>
      \(items.isEmpty ? "<p>\(HTML.escaped(words.none))</p>\n" : items.joined())</main>

      """
    return Page(show: feed.show, feed: feed.address, title: show.title, summary: show.description, body: body).html()
  }

  package func episode(_ item: FeedItem) -> [UInt8] {
    let transcript = item.transcript.map {
      "<p><a href=\"\(link($0.address, from: .episode))\">\(HTML.escaped(words.transcript))</a></p>\n"
    }
    let body = """
      <header>
      \(picture(item.artwork ?? feed.artwork, on: .episode))<h1 dir="auto">\(HTML.escaped(item.episode.title))</h1>
      <p class="quiet" dir="auto">\(HTML.escaped(feed.show.title))</p>
      \(facts(item))</header>
      <main>
      \(player(item, on: .episode))\(HTML.paragraphs(item.episode.description))\(transcript ?? "")</main>
      <footer><p><a href="\(link("\(feed.show.address)/", from: .episode))">\(HTML.escaped(words.back))</a></p></footer>

      """
    let title = "\(item.episode.title) · \(feed.show.title)"
    return Page(show: feed.show, feed: feed.address, title: title, summary: item.episode.description, body: body).html()
  }

  /// Relative where it is the show's own: the pages work under any name and folder of a server, and as files.
  func link(_ address: String, from page: Place) -> String {
    let own = "\(feed.show.address)/"
    return HTML.escaped(address.hasPrefix(own) ? page.rawValue + address.dropFirst(own.count) : address)
  }

  /// It says nothing that the words beside it do not say.
  func picture(_ address: String, on page: Place) -> String {
    "<img src=\"\(link(address, from: page))\" alt=\"\">\n"
  }

  /// What opens an app on a telephone, and what any app takes.
  private var subscription: String {
    guard let address = feed.address else { return "" }
    let apps = AppLink.all(feed: address).map {
      "<a href=\"\(HTML.escaped($0.address))\">\(HTML.escaped($0.name))</a>"
    }
    return """
      <p><strong>\(HTML.escaped(words.inYourApp))</strong><br>
      \(apps.joined(separator: " · "))</p>
      <p class="quiet">\(HTML.escaped(words.subscribe)) <code>\(HTML.escaped(address))</code></p>

      """
  }

  func facts(_ item: FeedItem) -> String {
    "<p class=\"quiet\">\(HTML.escaped(words.day(item.published))) · \(words.length(item.milliseconds))</p>\n"
  }

  func player(_ item: FeedItem, on page: Place) -> String {
    let (address, title) = (link(item.enclosure.address, from: page), HTML.escaped(item.episode.title))
    return """
      <audio controls preload="none" src="\(address)" aria-label="\(HTML.escaped(words.listen)) \(title)"></audio>
      <p class="quiet"><a href="\(address)" download>\(HTML.escaped(words.download))</a></p>

      """
  }
}
