import Crypto
import Foundation
import ShowModel

/// What the address of one episode's sound holds, made for one link: passing it on gives away neither the feed nor another
/// episode, and it is gone with the link, and with the sound.
package enum DerivedToken {
  /// The public id of the link, and 26 characters of base 32 of HMAC-SHA256 (RFC 2104): 34 characters, as in a token.
  /// - Parameters:
  ///   - id: of the link.
  ///   - digest: of the revision that is heard.
  package static func text(id: String, slug: String, revision digest: String, key: LinkKey) -> String {
    text("podcast sound\n\(id)\n\(slug)\n\(digest)", id, key)
  }

  /// For a picture or a text, by its path on the shelf, which changes with it.
  package static func text(id: String, file path: String, key: LinkKey) -> String {
    text("podcast file\n\(id)\n\(path)", id, key)
  }

  private static func text(_ message: String, _ id: String, _ key: LinkKey) -> String {
    var code = key.code
    code.update(data: Array(message.utf8))
    return id + Base32.text(Array(code.finalize()), count: LinkToken.secretLength)
  }

  /// Takes as long for a wrong token as for a right one.
  package static func isRight(
    _ token: LinkToken, slug: String, revision digest: String, key: LinkKey
  ) -> Bool {
    SameBytes.areSame(text(id: token.id, slug: slug, revision: digest, key: key).utf8, token.text.utf8)
  }

  package static func isRight(_ token: LinkToken, file path: String, key: LinkKey) -> Bool {
    SameBytes.areSame(text(id: token.id, file: path, key: key).utf8, token.text.utf8)
  }
}
