import Crypto
import Foundation
import ShowModel

extension LinkToken {
  /// What the catalogue keeps of it: SHA-256 (FIPS 180-4) of the whole text, in lower-case hexadecimal digits. A secret of
  /// 130 random bits needs no slower one.
  package var digest: String {
    Hexadecimal.text(Array(SHA256.hash(data: Array(text.utf8))))
  }

  /// Takes as long for a wrong digest as for the right one.
  package func isRight(for digest: String) -> Bool { SameBytes.areSame(self.digest.utf8, digest.utf8) }
}

/// Comparing secrets without telling by the time it takes where they differ.
enum SameBytes {
  static func areSame(_ first: String.UTF8View, _ second: String.UTF8View) -> Bool {
    guard first.count == second.count else { return false }
    return zip(first, second).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
