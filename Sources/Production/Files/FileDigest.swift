import Crypto
import Foundation
import ShowModel

/// SHA-256 (FIPS 180-4), as lower-case hexadecimal digits.
package enum FileDigest {
  package static func sha256(_ text: String) -> String { sha256(bytes: Array(text.utf8)) }

  package static func sha256(bytes: [UInt8]) -> String { Hexadecimal.text(Array(SHA256.hash(data: bytes))) }

  package static func sha256(ofFile path: String) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw ProductionError.cannotRead(path, code: errno) }
    defer { close(descriptor) }
    return try sha256(ofDescriptor: descriptor, path: path)
  }

  /// The whole file behind `descriptor`, from its first byte on, wherever it stands.
  package static func sha256(ofDescriptor descriptor: Int32, path: String) throws -> String {
    var hash = SHA256()
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { piece.deallocate() }
    var offset: off_t = 0
    while true {
      let count = pread(descriptor, piece.baseAddress, piece.count, offset)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ProductionError.cannotRead(path, code: errno) }
      guard count > 0 else { return Hexadecimal.text(Array(hash.finalize())) }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: piece[..<count]))
      offset += off_t(count)
    }
  }
}
