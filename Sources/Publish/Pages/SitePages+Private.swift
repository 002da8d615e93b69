import ShowModel

extension SitePages {
  /// The page of a private link, two folders below the site's.
  /// - Parameter address: of the link's feed.
  func invited(to address: String) -> [UInt8] {
    let show = feed.show
    let items = feed.sortedItems.map { item in
      """
      <article>
      <h2 dir="auto">\(HTML.escaped(item.episode.title))</h2>
      \(facts(item))\(player(item, on: .episode))\(HTML.paragraphs(item.episode.description))\(transcript(item))</article>

      """
    }
    let apps = AppLink.all(feed: address).map {
      "<li><a href=\"\(HTML.escaped($0.address))\">\(HTML.escaped($0.name))</a></li>\n"
    }
    let body = """
      <header>
      \(picture(feed.artwork, on: .episode))<h1 dir="auto">\(HTML.escaped(show.title))</h1>
      <p class="quiet" dir="auto">\(HTML.escaped(show.author))</p>
      <p><strong>\(HTML.escaped(words.personal))</strong></p>
      </header>
      <main>
      \(items.isEmpty ? "<p>\(HTML.escaped(words.none))</p>\n" : items.joined())</main>
      <footer>
      <h2>\(HTML.escaped(words.inYourApp))</h2>
      <ul>
      \(apps.joined())</ul>
      <p class="quiet">\(HTML.escaped(words.subscribe)) <code>\(HTML.escaped(address))</code></p>
      </footer>

      """
    return Page(show: feed.show, feed: feed.address, title: show.title, summary: "", body: body).html()
  }

  private func transcript(_ item: FeedItem) -> String {
    item.transcript.map {
      "<p><a href=\"\(link($0.address, from: .episode))\">\(HTML.escaped(words.transcript))</a></p>\n"
    } ?? ""
  }
}
