/// Addresses that open a feed in an app, where that is installed.
package enum AppLinks {
  /// - Parameter feed: its address, with `https://` or `http://` in front.
  package static func all(for feed: String) -> [(app: String, address: String)] {
    let plain = feed.firstRange(of: "://").map { String(feed[$0.upperBound...]) } ?? feed
    return [
      ("Apple Podcasts", "podcast://\(plain)"), ("Overcast", "overcast://x-callback-url/add?url=\(escaped(feed))"),
      ("Pocket Casts", "pktc://subscribe/\(plain)"), ("Castro", "castro://subscribe/\(plain)"),
    ]
  }

  /// As the value of a query (RFC 3986, 2.1).
  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
