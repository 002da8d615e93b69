import Foundation

/// A text that people read, pinned in a file beside the test. `RECORD=1` writes the file anew.
package enum Golden {
  /// - Parameters:
  ///   - text: as it is now.
  ///   - path: relative to the test's folder.
  /// - Returns: the text as it must be.
  package static func text(_ path: String, now text: String, test: String = #filePath) throws -> String {
    let file = URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent(path)
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try String(contentsOf: file, encoding: .utf8)
  }
}
