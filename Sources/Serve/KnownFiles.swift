import NIOCore
import Synchronization

/// What was found out about files, for as long as they stay in the state that they were in.
final class KnownFiles: Sendable {
  private let facts = Mutex<[OpenedFile.State: Facts]>([:])
  /// Of the one file that is sent compressed.
  private let compressed = Mutex<(state: OpenedFile.State, bytes: ByteBuffer)?>(nil)

  struct Facts: Sendable {
    /// SHA-256, in lower-case hexadecimal digits.
    let digest: String
    /// How many bytes of an MP3 are in front of the sound.
    let tagBytes: Int64
  }

  func digest(of file: OpenedFile) throws -> String { try facts(of: file).digest }

  /// - Complexity: reads the whole file when it is new or changed; otherwise nothing of it.
  func facts(of file: OpenedFile) throws -> Facts {
    if let known = facts.withLock({ $0[file.state] }) { return known }
    let found = Facts(digest: try file.digest(), tagBytes: try file.tagBytes())
    facts.withLock { facts in
      if facts.count >= Limits.knownFiles { facts.removeAll() }
      facts[file.state] = found
    }
    return found
  }

  /// In the gzip format (RFC 1952); the same bytes for the same file.
  func compressed(_ file: OpenedFile) throws -> ByteBuffer {
    if let known = compressed.withLock({ $0 }), known.state == file.state { return known.bytes }
    let bytes = ByteBuffer(bytes: try Gzip.compress(file.read(at: 0, count: Int(file.state.size))))
    compressed.withLock { $0 = (file.state, bytes) }
    return bytes
  }
}
