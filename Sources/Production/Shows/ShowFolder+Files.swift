import Foundation
import ShowFolder
import ShowModel

extension ShowFolder {
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
  func removeUnused(besides digests: Set<String>) throws {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: builds)) ?? [] {
      if name.hasSuffix(Self.draft), isOld("\(builds)/\(name)") { unlink("\(builds)/\(name)") }
      let digest = (name as NSString).deletingPathExtension
      guard digest.count == 64, digest.allSatisfy(\.isHexDigit), !digests.contains(digest) else { continue }
      unlink("\(builds)/\(name)")
    }
  }

  /// Longer than any build takes: a killed one left it.
  private func isOld(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && time(nil) - status.st_mtim.tv_sec > 86_400
  }
}
