import Foundation
import NIOCore
import Publish
import Synchronization

/// What is on the shelf, read again whenever it changed.
final class KnownShelf: Sendable {
  private let folder: SiteFolder
  private let known = Mutex<(state: OpenedFile.State, shelf: Shelf)?>(nil)

  init(_ folder: SiteFolder) { self.folder = folder }

  /// - Returns: nil where nothing was ever published.
  /// - Throws: `ServeError` `.cannotRead`, also where it is damaged.
  func current() throws -> Shelf? {
    guard let file = try folder.open(Shelf.name), file.state.size <= Limits.textBytes else { return nil }
    if let known = known.withLock({ $0 }), known.state == file.state { return known.shelf }
    let bytes = try file.read(at: 0, count: Int(file.state.size))
    guard let shelf = try? Shelf(bytes: Array(bytes.readableBytesView)) else {
      throw ServeError.cannotRead(Shelf.name, code: EBADMSG)
    }
    known.withLock { $0 = (file.state, shelf) }
    return shelf
  }
}
