import Foundation
import ShowModel

/// A new show: files with comments that teach, and what must stay private out of git's reach.
package struct NewShow {
  package var title: String
  /// `fr` or `en`: of the show, and of the comments in its files.
  package var language: String
  package var address: String

  package init(title: String, language: String, address: String) {
    (self.title, self.language, self.address) = (title, language, address)
  }

  /// - Parameter folder: new, or with nothing in it but hidden files, such as those of git.
  /// - Throws: `ShowFolderError` `.alreadyThere`, `.cannotWrite`; nothing is overwritten.
  /// - Returns: what was written, in order.
  package func write(to folder: String) throws(ShowFolderError) -> [String] {
    let words: any Words.Type = language.hasPrefix("fr") ? French.self : English.self
    let files = [
      (ShowFile.name, words.show(title: Self.quoted(title), language: language, address: address)),
      (".gitignore", "/.podcast/\n/public/\n"),
      ("episodes/001-\(words.first)/\(EpisodeFile.name)", words.episode),
    ]
    var isFolder: ObjCBool = false
    guard !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) || isFolder.boolValue else {
      throw ShowFolderError(
        .alreadyThere, at: Place(file: folder), "this is a file", "Name a folder that is not there yet.",
        exit: .cannotCreate)
    }
    for (name, _) in files where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
      throw ShowFolderError(
        .alreadyThere, at: Place(file: "\(folder)/\(name)"), "this file is already there",
        "Name a folder that is new or empty.", exit: .cannotCreate)
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard names.allSatisfy({ $0.hasPrefix(".") }) else {
      throw ShowFolderError(
        .alreadyThere, at: Place(file: folder), "there are other files in this folder",
        "Name a folder that is new or empty.", exit: .cannotCreate)
    }
    for (name, text) in files { try Self.write(text, to: "\(folder)/\(name)") }
    do {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/.podcast", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw Self.cannotWrite("\(folder)/.podcast") }
    return files.map { "\(folder)/\($0.0)" }
  }

  private static func write(_ text: String, to path: String) throws(ShowFolderError) {
    do {
      let folder = (path as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
    } catch { throw cannotWrite(path) }
  }

  private static func cannotWrite(_ path: String) -> ShowFolderError {
    ShowFolderError(
      .cannotWrite, at: Place(file: path), "this can't be written", "Look at the folder's rights and the disk's room.",
      exit: .cannotCreate)
  }

  /// As YAML reads it back, whatever is in it.
  private static func quoted(_ text: String) -> String {
    "\"\(text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\""))\""
  }
}
