import Foundation

/// Addresses that open a podcast app and subscribe it to a feed.
package struct AppLink: Hashable, Sendable {
  /// Of the app.
  package let name: String
  package let address: String

  /// - Parameter feed: its address, from `https://` on.
  package static func all(feed: String) -> [AppLink] {
    let bare = feed.range(of: "://").map { String(feed[$0.upperBound...]) } ?? feed
    return [
      AppLink(name: "Apple Podcasts", address: "podcast://\(bare)"),
      AppLink(name: "Overcast", address: "overcast://x-callback-url/add?url=\(escaped(feed))"),
      AppLink(name: "Pocket Casts", address: "pktc://subscribe/\(bare)"),
      AppLink(name: "Castro", address: "castro://subscribe/\(bare)"),
    ]
  }

  /// All but the unreserved characters of RFC 3986, 2.3.
  private static func escaped(_ text: String) -> String {
    let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}
