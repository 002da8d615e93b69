import Foundation
import Publish
import ShowFolder
import ShowModel

extension LinkKey {
  /// The key of a show, from `.podcast/keys/links`; made, for its owner alone, where there is none yet.
  ///
  /// The file gets its name whole, and only where nothing has it (link(2)): of two commands at once, both have the key of
  /// the one that was first.
  /// - Throws: `ProductionError`; `.badKey` where the file holds anything but a key.
  package static func read(in folder: ShowFolder) throws -> LinkKey {
    let path = "\(folder.keys)/links"
    if let key = try read(path) { return key }
    try ShowFolder.makePrivate(folder.keys)
    let draft = "\(path).\(UUID().uuidString).part"
    defer { unlink(draft) }
    try write(LinkKey().bytes, to: draft)
    guard link(draft, path) == 0 || errno == EEXIST else { throw ProductionError.cannotCreate(path, code: errno) }
    guard let key = try read(path) else { throw ProductionError.cannotRead(path, code: ENOENT) }
    return key
  }

  /// - Returns: nil where there is none.
  private static func read(_ path: String) throws -> LinkKey? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw ProductionError.cannotRead(path, code: errno) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: byteCount + 1)
    let count = Foundation.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw ProductionError.cannotRead(path, code: errno) }
    guard let key = LinkKey(bytes: Array(bytes.prefix(count))) else { throw ProductionError.badKey(path) }
    return key
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ProductionError.cannotCreate(path, code: errno) }
    defer { close(descriptor) }
    guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      throw ProductionError.cannotCreate(path, code: errno == 0 ? EIO : errno)
    }
  }
}

extension ProductionError.Code {
  package static let badKey = Self(rawValue: "bad-key")
}

extension ProductionError {
  static func badKey(_ path: String) -> ProductionError {
    ProductionError(
      .badKey, at: Place(file: path), problem: "this is not the key that it should be",
      remedy: "Put back your last copy of it. If there is none, remove it: addresses of private sound then change.",
      exit: .badData)
  }
}
