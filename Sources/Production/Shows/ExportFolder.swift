import Foundation
import ShowModel

/// A folder that only exports write to: they remove what was withdrawn, and must not remove anything else.
enum ExportFolder {
  private static let mark = ".podcast-export"

  /// Whether an earlier export wrote it.
  static func isClaimed(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(mark)") }

  /// - Throws: `ProductionError` `.notAnExport` where there is something in it that no export has put there.
  static func claim(_ path: String) throws {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    guard names?.isEmpty != false || isClaimed(path) else {
      throw ProductionError(
        .notAnExport, at: Place(file: path), problem: "this folder holds something that is not from here",
        remedy: "Give a new or empty folder, or one of an earlier export.", exit: .cannotCreate)
    }
    let mark = "\(path)/\(mark)"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: mark))
    } catch { throw ProductionError.cannotCreate(mark, code: EACCES) }
  }
}

extension ProductionError.Code {
  package static let notAnExport = Self(rawValue: "not-an-export")
}
