import CLinux
import Foundation
import ShowFolder
import ShowModel

/// Brings a folder, such as `public/`, to what is published: first away with what nobody may have any more, then the
/// sound, the pages and the feed.
struct SiteWriter {
  /// What this program alone writes to; anything else there is the editor's.
  private static let ownFolders = ["media", "art", "text", "episodes"]

  private let folder: ShowFolder
  private let site: PublicSite
  private let root: String

  /// - Parameter root: nil: the show's own.
  init(_ folder: ShowFolder, _ site: PublicSite, to root: String? = nil) {
    (self.folder, self.site, self.root) = (folder, site, root ?? folder.publicFolder)
  }

  /// - Throws: `ProductionError`; no sound, page or text is there then that is not published.
  /// - Returns: how many files belong to it.
  @discardableResult
  func write() throws -> Int {
    try Self.removeGone(from: root, besides: site.publications)
    let (files, sounds) = (try site.files(), site.sounds)
    // Texts that were written anew go before the new ones come: a name may have been taken out of them.
    try Self.remove(from: root, below: Self.ownFolders, besides: files.map(\.path) + sounds.map(\.path))
    for sound in sounds { try place(sound.digest, at: sound.path) }
    for file in files { try file.write(below: root) }
    return files.count + sounds.count
  }

  /// Needs nothing but what the catalogue says: whatever else is wrong with the show's files, and however full the disk
  /// is, what was withdrawn or covered again is not there any more.
  /// - Parameter publications: of any audience and state.
  static func removeGone(from root: String, besides publications: [Publication]) throws {
    let heard = publications.filter(\.isHeardByEverybody)
    let sounds = Set(heard.compactMap { publication in publication.current?.path(publication.slug) })
    let slugs = Set(heard.map(\.slug))
    try remove(from: root, below: ["media", "episodes", "text"]) { path in
      let parts = path.split(separator: "/")
      let isOfHeard = parts.count > 1 && slugs.contains(String(parts[1]))
      return !isOfHeard || parts[0] == "media" && parts.count > 2 && !sounds.contains(path)
    }
  }

  private func place(_ digest: String, at path: String) throws {
    let (source, target) = (folder.build(digest), "\(root)/\(path)")
    if (try? FileDigest.sha256(ofFile: target)) == digest { return }
    guard try FileDigest.sha256(ofFile: source) == digest else {
      throw ProductionError.buildIsGone((path as NSString).pathComponents[1], source)
    }
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw ProductionError.cannotRead(source, code: errno) }
    defer { close(input) }
    try SiteFile.makeFolder(of: target)
    let output = try OutputFile(path: target, replacing: true, inputs: [])
    let size = Int64(lseek(input, 0, SEEK_END))
    try FileCopy(input: input, inputPath: source, output: output.descriptor, outputPath: target)
      .copy(from: 0, to: 0, count: size)
    try output.publish()
  }

  static func remove(from root: String, below folders: [String], besides kept: [String]) throws {
    let kept = Set(kept)
    let parents = Set(kept.flatMap { path in path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) } })
    try remove(from: root, below: folders) { !kept.contains($0) && !parents.contains($0) }
  }

  /// Files before the folders that they are in.
  static func remove(from root: String, below folders: [String], where isGone: (String) -> Bool) throws {
    for folder in folders {
      let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.allObjects as? [String] ?? []
      for path in names.reversed().map({ "\(folder)/\($0)" }) where isGone(path) {
        guard Foundation.remove("\(root)/\(path)") == 0 || [ENOENT, ENOTEMPTY].contains(errno) else {
          throw ProductionError.cannotRemove("\(root)/\(path)", code: errno)
        }
      }
    }
  }
}

extension ProductionError.Code {
  package static let cannotRemove = Self(rawValue: "cannot-remove")
}

extension ProductionError {
  static func cannotRemove(_ path: String, code: Int32) -> ProductionError {
    ProductionError(
      .cannotRemove, at: Place(file: path),
      problem: "this file must go, and can't be removed: \(String(cString: strerror(code)))",
      remedy: "Remove it by hand, now: a web server may still show it.", exit: .inputOutput)
  }
}
