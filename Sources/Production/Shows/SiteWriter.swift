import CLinux
import Foundation
import ShowFolder
import ShowModel

/// Brings a folder, such as `public/`, to what is published: what is new first, then the feed, then away with what nobody
/// may have any more.
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

  /// - Throws: `ProductionError`; what is there then may be more than what is published, never other than it.
  /// - Returns: how many files belong to it.
  @discardableResult
  func write() throws -> Int {
    let (files, sounds) = (try site.files(), site.sounds)
    for sound in sounds { try place(sound.digest, at: sound.path) }
    for file in files { try write(file) }
    try removeOthers(than: Set(files.map(\.path) + sounds.map(\.path)))
    return files.count + sounds.count
  }

  /// All of an episode, under every address that it ever had.
  static func removeSound(of slug: String, in folder: ShowFolder) throws {
    let path = "\(folder.publicFolder)/media/\(slug)"
    guard FileManager.default.fileExists(atPath: path) else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw ProductionError.cannotRemove(path, code: EACCES)
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
    try makeFolder(of: target)
    let output = try OutputFile(path: target, replacing: true, inputs: [])
    let size = Int64(lseek(input, 0, SEEK_END))
    try FileCopy(input: input, inputPath: source, output: output.descriptor, outputPath: target)
      .copy(from: 0, to: 0, count: size)
    try output.publish()
  }

  private func write(_ file: SiteFile) throws {
    let target = "\(root)/\(file.path)"
    if FileManager.default.contents(atPath: target).map({ [UInt8]($0) }) == file.bytes { return }
    try makeFolder(of: target)
    let output = try OutputFile(path: target, replacing: true, inputs: [])
    do {
      try FileHandle(fileDescriptor: output.descriptor, closeOnDealloc: false).write(contentsOf: Data(file.bytes))
    } catch { throw ProductionError.cannotCreate(target, code: errno == 0 ? EIO : errno) }
    try output.publish()
  }

  private func makeFolder(of path: String) throws {
    let parent = (path as NSString).deletingLastPathComponent
    do { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) } catch {
      throw ProductionError.cannotCreate(parent, code: EACCES)
    }
  }

  private func removeOthers(than paths: Set<String>) throws {
    for own in Self.ownFolders {
      let top = "\(root)/\(own)"
      for name in (FileManager.default.enumerator(atPath: top)?.allObjects as? [String] ?? []).reversed() {
        let path = "\(own)/\(name)"
        guard !paths.contains(path), !paths.contains(where: { $0.hasPrefix("\(path)/") }) else { continue }
        guard remove("\(root)/\(path)") == 0 || errno == ENOENT || errno == ENOTEMPTY else {
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
