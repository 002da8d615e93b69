import Foundation
import ShowFolder
import ShowModel

/// The absolute path of a show, for a configuration that somebody else's program reads.
enum WebServerPath {
  /// - Throws: where the path holds what means something else there.
  static func of(_ folder: ShowFolder) throws -> String {
    let path = URL(fileURLWithPath: folder.path).standardizedFileURL.resolvingSymlinksInPath().path
    guard path.wholeMatch(of: /[\p{L}\p{N}\/._+@-]+/) != nil else { throw UnsafePath(folder: path) }
    return path
  }

  /// From the top on, the folders of a path that not everybody may enter.
  static func closed(onTheWayTo path: String) -> [String] {
    let names = path.split(separator: "/")
    return names.indices.map { "/" + names[...$0].joined(separator: "/") }.filter { folder in
      var status = stat()
      return stat(folder, &status) == 0 && status.st_mode & S_IXOTH == 0
    }
  }

  private struct UnsafePath: ExplainedError {
    let folder: String
    var place: Place? { Place(file: folder) }
    var problem: String { "a space or a sign in this path means something else in a web server's configuration" }
    var remedy: String { "Move the show to a folder whose path has letters, digits, hyphens and dots alone." }
    var exit: ExitStatus { .usage }
  }
}
