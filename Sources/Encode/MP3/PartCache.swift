import Crypto
import Foundation
import ShowModel
import Synchronization

/// Keeps the MP3 frames that were made of the parts of a sound, so that after one more range only the parts that it
/// touches are encoded again.
///
/// A folder of its own holds them, readable by its owner alone, and may be deleted at any time. Parts that are read are
/// checked, and made again where they are not what was written; what can't be written is not kept. After a run only those
/// are left that it used (``removeUnused()``): a name that an earlier list of ranges left uncovered does not stay here
/// either.
package final class PartCache: Sendable {
  /// Of MP3 frames: the digest of all that they were made of (``PartKey``).
  struct Key: Hashable, Sendable {
    let digest: [UInt8]

    fileprivate var fileName: String { Hexadecimal.text(digest) + PartCache.ending }
  }

  private static let ending = ".part"
  /// Holds ``secret``.
  private static let secretName = "digests.key"
  private static let secretSize = SymmetricKeySize.bits256
  /// More than any part takes, in bytes.
  private static let most = 8 << 20

  package let folder: String
  private let used = Mutex<Set<String>>([])
  private let knownSecret = Mutex<SymmetricKey?>(nil)

  /// - Parameter folder: is made where it is not there.
  package init(folder: String) { self.folder = folder }

  /// Whether something is kept, be it whole or not.
  func has(_ key: Key) -> Bool { access("\(folder)/\(key.fileName)", F_OK) == 0 }

  /// - Returns: nil where nothing is kept, or not what was written.
  func pieces(_ key: Key) -> [EncodedPart.Piece]? {
    let name = key.fileName
    guard let bytes = contents(name), let body = Self.checked(bytes, key),
      let pieces = EncodedPart.Piece.read(body)
    else { return nil }
    use(name)
    return pieces
  }

  func keep(_ pieces: [EncodedPart.Piece], as key: Key) {
    let name = key.fileName
    var body = EncodedPart.Piece.written(pieces)
    body += Self.seal(body[...], key)
    guard body.count <= Self.most, write(body, name) else { return }
    use(name)
  }

  /// Deletes what was neither read nor written by this cache.
  package func removeUnused() {
    let used = used.withLock { $0 }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard !used.contains(name), Self.isOurs(name) else { continue }
      unlink("\(folder)/\(name)")
    }
  }

  private func use(_ name: String) { used.withLock { _ = $0.insert(name) } }

  /// Parts, and what a killed run left half-written.
  private static func isOurs(_ name: String) -> Bool {
    if name.hasPrefix("\(secretName).") { return true }
    let digits = name.prefix { $0.isHexDigit }
    return digits.count == 64 && name[digits.endIndex...].hasPrefix(ending)
  }

  /// What digests of this folder depend on (``PartKey``). Made anew where it is not there any more: then nothing is found
  /// of what was kept. Two runs at once may each make one; then what one of them keeps is not found.
  var secret: SymmetricKey {
    knownSecret.withLock { known in
      if let known { return known }
      var secret = SymmetricKey(size: Self.secretSize)
      if let kept = contents(Self.secretName), kept.count * 8 == Self.secretSize.bitCount {
        secret = SymmetricKey(data: kept)
      } else {
        _ = write(secret.withUnsafeBytes { Array($0) }, Self.secretName)
      }
      known = secret
      return secret
    }
  }

  // MARK: Files

  private static func seal(_ body: ArraySlice<UInt8>, _ key: Key) -> [UInt8] {
    var hash = SHA256()
    hash.update(data: key.digest)
    body.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return Array(hash.finalize())
  }

  private static func checked(_ bytes: [UInt8], _ key: Key) -> ArraySlice<UInt8>? {
    guard bytes.count >= SHA256.byteCount else { return nil }
    let body = bytes.dropLast(SHA256.byteCount)
    return seal(body, key) == Array(bytes.suffix(SHA256.byteCount)) ? body : nil
  }

  private func contents(_ name: String) -> [UInt8]? {
    let descriptor = open("\(folder)/\(name)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.most else {
      return nil
    }
    let size = Int(status.st_size)
    return [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
      while count < size {
        let got = read(descriptor, bytes.baseAddress.map { $0 + count }, size - count)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { return }
        count += got
      }
    }
  }

  /// Whole under its name, or not there.
  private func write(_ bytes: [UInt8], _ name: String) -> Bool {
    let path = "\(folder)/\(name)"
    let hidden = "\(path).\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    var descriptor = create(hidden)
    if descriptor < 0, errno == ENOENT, makeFolder(folder) == 0 { descriptor = create(hidden) }
    guard descriptor >= 0 else { return false }
    let isWhole = bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Foundation.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
    guard close(descriptor) == 0, isWhole, rename(hidden, path) == 0 else {
      unlink(hidden)
      return false
    }
    return true
  }

  private func create(_ path: String) -> Int32 {
    open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
  }

  /// Makes the folder where it is not there.
  /// - Returns: the number of the system's error that keeps anything from being kept; nil where all is well.
  package func whyUnusable() -> Int32? {
    let code = makeFolder(folder)
    guard code == 0 else { return code }
    return access(folder, R_OK | W_OK | X_OK) == 0 ? nil : errno
  }

  /// With those above it, all for their owner alone.
  /// - Returns: 0, or the number of the system's error.
  private func makeFolder(_ path: String) -> Int32 {
    if mkdir(path, 0o700) == 0 { return 0 }
    let code = errno
    let above = path.parentFolder
    if code == ENOENT, above != ".", above != path {
      let code = makeFolder(above)
      return code == 0 && mkdir(path, 0o700) != 0 && errno != EEXIST ? errno : code
    }
    var status = stat()
    guard code == EEXIST, stat(path, &status) == 0 else { return code }
    return status.st_mode & S_IFMT == S_IFDIR ? 0 : ENOTDIR
  }
}
