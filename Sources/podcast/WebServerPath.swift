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

  private struct UnsafePath: ExplainedError {
    let folder: String
    var place: Place? { Place(file: folder) }
    var problem: String { "a space or a sign in this path means something else in a web server's configuration" }
    var remedy: String { "Move the show to a folder whose path has letters, digits, hyphens and dots alone." }
    var exit: ExitStatus { .usage }
  }
}
