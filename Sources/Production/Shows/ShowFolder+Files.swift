import Foundation
import ShowFolder
import ShowModel

extension ShowFolder {
  /// An episode that the catalogue knows; its folder may have another name by now.
  /// - Throws: `ProductionError` `.folderIsGone`; `ShowFolderError`.
  func published(_ slug: String) throws -> Episode {
    guard slugs().contains(slug) else { throw ProductionError.folderIsGone(slug) }
    return try episode(slug)
  }

  /// A folder that its owner alone can read.
  static func makePrivate(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw ProductionError.cannotCreate(path, code: EACCES) }
  }

  /// How the name of an MP3 ends that may not be whole or not right yet.
  static let draft = ".draft.mp3"

  /// Whether the MP3 of a build is there, byte for byte.
  func holds(_ build: Build) -> Bool {
    (try? FileDigest.sha256(ofFile: self.build(build.digest))) == build.digest
  }

  /// Sound that is not heard any more: what an earlier list of ranges left open is not kept.
  /// - Parameter inUse: is asked once the folder was read: a build is in the catalogue before its file has its name, so
  ///   that one which another command makes meanwhile is either not seen here or known.
  func removeUnused(besides inUse: () throws -> Set<String>) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: builds)) ?? []
    let digests = try inUse()
    for name in names {
      if name.hasSuffix(Self.draft), isOld("\(builds)/\(name)") { unlink("\(builds)/\(name)") }
      let digest = (name as NSString).deletingPathExtension
      guard digest.count == 64, digest.allSatisfy(\.isHexDigit), !digests.contains(digest) else { continue }
      unlink("\(builds)/\(name)")
    }
  }

  /// Encoded parts of another recording that an episode had before, and of episodes that are not there any more: nothing
  /// would look at them again, and their ranges may have been too few.
  /// - Parameter sound: the recording of `slug` now.
  func removeOldParts(of slug: String, besides sound: String) {
    let files = FileManager.default
    let known = Set(slugs())
    for name in (try? files.contentsOfDirectory(atPath: parts)) ?? [] where !known.contains(name) {
      try? files.removeItem(atPath: "\(parts)/\(name)")
    }
    for name in (try? files.contentsOfDirectory(atPath: "\(parts)/\(slug)")) ?? []
    where name != (sound as NSString).lastPathComponent {
      try? files.removeItem(atPath: "\(parts)/\(slug)/\(name)")
    }
  }

  /// Longer than any build takes: a killed one left it.
  private func isOld(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && time(nil) - status.st_mtim.tv_sec > 86_400
  }
}
