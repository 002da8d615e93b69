import Dispatch
import Foundation
import Store
import Synchronization

/// Counts downloads, in the catalogue: a second's at a time, since each change there waits for the disk.
package final class DownloadCounter: Sendable {
  private let catalogue: Catalogue
  private let queue = DispatchQueue(label: "downloads")
  private let waiting = Mutex<[DownloadPiece]>([])

  package init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  func add(_ piece: DownloadPiece) {
    let isFirst = waiting.withLock { waiting in
      guard waiting.count < Limits.waitingPieces else { return false }
      waiting.append(piece)
      return waiting.count == 1
    }
    if isFirst { queue.asyncAfter(deadline: .now() + 1) { [self] in flush() } }
  }

  /// Before anything is sent, where a link opens only so many downloads. It blocks.
  func addNow(_ piece: DownloadPiece) throws { try catalogue.record([piece]) }

  /// Returns when all was counted.
  package func finish() { queue.sync { flush() } }

  /// What can't be counted is not worth more than an answer: it is tried once more, and then left out.
  private func flush() {
    let pieces = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    do { try catalogue.record(pieces) } catch { try? catalogue.record(pieces) }
  }
}
