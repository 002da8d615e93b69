import Dispatch
import Foundation
import Store
import Synchronization

/// Counts downloads, in the catalogue: some seconds' at a time, since each change there waits for the disk.
package final class DownloadCounter: Sendable {
  private let catalogue: Catalogue
  private let queue = DispatchQueue(label: "downloads")
  private let waiting = Mutex<[Key: DownloadPiece]>([:])

  package init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  func add(_ piece: DownloadPiece) {
    let isFirst = waiting.withLock { waiting in
      let key = Key(link: piece.link, slug: piece.slug, revision: piece.revision, app: piece.app)
      if let known = waiting[key] {
        waiting[key]?.bytes =
          known.bytes.addingReportingOverflow(piece.bytes).overflow ? .max : known.bytes + piece.bytes
        return false
      }
      guard waiting.count < Limits.waitingPieces else { return false }
      waiting[key] = piece
      return waiting.count == 1
    }
    if isFirst { queue.asyncAfter(deadline: .now() + Limits.countingSeconds) { [self] in flush() } }
  }

  /// What is part of one download, where it is sent within these seconds.
  private struct Key: Hashable {
    let link: String?
    let slug: String
    let revision: Int
    let app: String
  }

  /// Before anything is sent, where a link opens only so many downloads. It blocks.
  /// - Returns: whether it may be sent; otherwise it was not counted.
  func addNow(_ piece: DownloadPiece) throws -> Bool { try catalogue.recordIfLeft(piece) }

  /// Returns when all was counted.
  package func finish() { queue.sync { flush() } }

  /// What can't be counted is not worth more than an answer: it is tried once more, and then left out.
  private func flush() {
    let pieces = waiting.withLock { waiting in
      defer { waiting = [:] }
      return Array(waiting.values)
    }
    do { try catalogue.record(pieces) } catch { try? catalogue.record(pieces) }
  }
}
