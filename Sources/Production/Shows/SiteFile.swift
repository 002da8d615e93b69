import Foundation
import ShowModel

/// A file of the public site, or of the shelf.
struct SiteFile: Hashable {
  /// Below its folder, with slashes.
  let path: String
  let bytes: [UInt8]

  init(_ path: String, _ bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }

  /// Whole or not at all; a file that is the same already stays as it is.
  func write(below root: String) throws {
    let target = "\(root)/\(path)"
    if FileManager.default.contents(atPath: target).map({ [UInt8]($0) }) == bytes { return }
    try Self.makeFolder(of: target)
    let output = try OutputFile(path: target, replacing: true, inputs: [])
    do {
      try FileHandle(fileDescriptor: output.descriptor, closeOnDealloc: false).write(contentsOf: Data(bytes))
    } catch { throw ProductionError.cannotCreate(target, code: errno == 0 ? EIO : errno) }
    try output.publish()
  }

  static func makeFolder(of path: String) throws {
    let parent = path.parentFolder
    do { try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true) } catch {
      throw ProductionError.cannotCreate(parent, code: EACCES)
    }
  }
}
