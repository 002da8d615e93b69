import Crypto
import Foundation

/// `podcast:guid` of the Podcasting 2.0 namespace: what a show is known by, also after it has moved.
package enum ShowGUID {
  /// `ead4c236-bf58-58c6-a2c6-a6b28d128cb6`
  private static let namespace: [UInt8] = [
    0xea, 0xd4, 0xc2, 0x36, 0xbf, 0x58, 0x58, 0xc6, 0xa2, 0xc6, 0xa6, 0xb2, 0x8d, 0x12, 0x8c, 0xb6,
  ]

  /// A UUID of version 5 (RFC 9562, 5.5) over the address without its scheme and the slashes at its end. To be made once:
  /// it stays when the address changes.
  package static func of(feedAddress: String) -> String {
    let name = (feedAddress.range(of: "://").map { feedAddress[$0.upperBound...] } ?? feedAddress[...])
      .reversed().drop { $0 == "/" }.reversed()
    var bytes = Array(Insecure.SHA1.hash(data: namespace + Array(String(name).utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0f | 0x50
    bytes[8] = bytes[8] & 0x3f | 0x80
    let digits = bytes.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0\(text)" : text
    }
    return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
  }
}
