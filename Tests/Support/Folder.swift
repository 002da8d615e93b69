import Foundation
import Synchronization

/// A folder of its own for one test, gone afterwards.
package final class Folder: Sendable {
  package let path: String

  package init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("podcast-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    _ = chmod(path, 0o700)
    try? FileManager.default.removeItem(atPath: path)
  }

  private static let kept = Mutex<[String]>([])
  private static let removesKept = atexit {
    for path in Folder.kept.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }

  /// One that a static variable keeps is gone when the tests are over.
  package func removeAtExit() {
    Self.kept.withLock { $0.append(path) }
    _ = Self.removesKept
  }

  package func file(_ name: String) -> String { path + "/" + name }

  @discardableResult
  package func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let folder = (file(name) as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  @discardableResult
  package func write(_ text: String, _ name: String) throws -> String { try write(Array(text.utf8), name) }

  package func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file(name))))
  }

  /// nil where there is no such file.
  package func text(_ name: String) -> String? { try? String(contentsOfFile: file(name), encoding: .utf8) }

  /// Hidden files included, sorted.
  package var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  /// The files below, hidden ones included, that hold one of some texts anywhere.
  package func files(holding texts: [String]) throws -> [String] {
    let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
    return names.filter { name in
      guard let bytes = FileManager.default.contents(atPath: file(name)) else { return false }
      return texts.contains { bytes.range(of: Data($0.utf8)) != nil }
    }
  }

  /// Runs a tool in this folder; its standard output is what comes back.
  @discardableResult
  package func run(_ tool: String, _ arguments: any Words...) throws -> [UInt8] {
    let ended = try Tool.run("/usr/bin/env", [tool] + arguments.flatMap(\.words), in: path)
    guard ended.status == 0 else { throw ToolFailed(tool: tool, ended: ended) }
    return ended.output
  }
}

/// One argument or several.
package protocol Words { var words: [String] { get } }
extension String: Words { package var words: [String] { [self] } }
extension [String]: Words { package var words: [String] { self } }
