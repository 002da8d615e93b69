import Foundation
import ShowModel

/// A page of the public site: plain HTML that needs nothing else, from nobody else. It works without JavaScript, on a
/// telephone and with a screen reader.
struct Page {
  let show: Show
  /// Of the feed that browsers and apps may find through it.
  var feed: String?
  let title: String
  /// For search engines and link previews.
  let summary: String
  /// In HTML.
  let body: String

  func html() -> [UInt8] {
    let text = """
      <!DOCTYPE html>
      <html lang="\(HTML.escaped(show.language))">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="\(SitePages.contentSecurityPolicy)">
      <meta name="referrer" content="no-referrer">
      <meta name="description" content="\(HTML.escaped(summary.prefix(300)))">
      <title>\(HTML.escaped(title))</title>
      \(subscription)<style>\(Self.style)</style>
      </head>
      <body>
      \(body)</body>
      </html>

      """
    return Array(text.utf8)
  }

  /// So that browsers and apps find the feed.
  private var subscription: String {
    guard let address = feed else { return "" }
    let title = HTML.escaped(show.title)
    return
      "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"\(title)\" href=\"\(HTML.escaped(address))\">\n"
  }

  private static let style = """
    :root{color-scheme:light dark}
    body{font:1.1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem;overflow-wrap:break-word}
    h1{line-height:1.2;margin:.5rem 0}h2{line-height:1.3;margin:0 0 .25rem}main{margin-top:2rem}
    img{width:10rem;max-width:40vw;height:auto;border-radius:.5rem}
    audio{width:100%;margin:.5rem 0}
    article{border-top:1px solid;padding:1.25rem 0;border-color:color-mix(in srgb,currentColor 25%,transparent)}
    li{margin:.75rem 0}
    .quiet{opacity:.8;margin:.25rem 0}
    code{font-size:.95rem;user-select:all}
    label{display:block;font-weight:600}
    input,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem}
    button{font:inherit;padding:.6rem 1.5rem}
    a{color:inherit}:focus-visible{outline:3px solid}
    """
}
