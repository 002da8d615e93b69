import Foundation

/// The files that fuzzing starts from.
package enum Corpus {
  /// - Returns: their paths, sorted.
  package static func files(_ target: String) throws -> [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fuzzing/Corpus/\(target)").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
  }
}
