import NIOCore
import Synchronization

/// What was found out about files, for as long as they stay in the state that they were in.
final class KnownFiles: Sendable {
  private let digests = Mutex<[OpenedFile.State: String]>([:])
  /// Of the one file that is sent compressed.
  private let compressed = Mutex<(state: OpenedFile.State, bytes: ByteBuffer)?>(nil)

  /// - Complexity: reads the whole file when it is new or changed; otherwise nothing of it.
  func digest(of file: OpenedFile) throws -> String {
    if let known = digests.withLock({ $0[file.state] }) { return known }
    let digest = try file.digest()
    digests.withLock { digests in
      if digests.count >= Limits.knownFiles { digests.removeAll() }
      digests[file.state] = digest
    }
    return digest
  }

  /// In the gzip format (RFC 1952); the same bytes for the same file.
  func compressed(_ file: OpenedFile) throws -> ByteBuffer {
    if let known = compressed.withLock({ $0 }), known.state == file.state { return known.bytes }
    let bytes = ByteBuffer(bytes: try Gzip.compress(file.read(at: 0, count: Int(file.state.size))))
    compressed.withLock { $0 = (file.state, bytes) }
    return bytes
  }
}
