import Crypto
import Foundation

/// What the addresses of private sound are derived with: a secret of the server, 32 random bytes. It never describes
/// itself.
package struct LinkKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package static let byteCount = 32

  private let key: SymmetricKey
  /// Of nothing so far: preparing it takes as long as using it.
  let code: HMAC<SHA256>

  /// A new one, from the system's random source.
  package init() { self.init(SymmetricKey(size: .bits256)) }

  private init(_ key: SymmetricKey) { (self.key, code) = (key, HMAC<SHA256>(key: key)) }

  /// - Returns: nil where there are not 32 of them.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init(SymmetricKey(data: bytes))
  }

  /// For the one file that keeps it.
  package var bytes: [UInt8] { key.withUnsafeBytes { Array($0) } }

  package var description: String { "(private)" }
  package var debugDescription: String { "(private)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
