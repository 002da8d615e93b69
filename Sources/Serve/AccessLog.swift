import Dispatch
import Foundation
import HTTPTypes
import Synchronization

/// One line for each request: date, method, path, status, bytes, milliseconds. Nothing of who listens, nothing of a
/// private link, nothing of a query.
package final class AccessLog: Sendable {
  struct Entry: Sendable {
    private let method, path: String
    private let status: Int
    private let start: ContinuousClock.Instant

    init(
      _ method: HTTPRequest.Method, _ path: String, _ status: HTTPResponse.Status,
      _ start: ContinuousClock.Instant
    ) {
      let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .delete, .options, .patch, .trace, .connect]
      self.method = known.contains(method) ? method.rawValue : "(other)"
      (self.path, self.status, self.start) = (path, status.code, start)
    }

    func line(bytes: Int) -> String {
      let taken = (ContinuousClock.now - start) / .milliseconds(1)
      let date = Date.now.formatted(.iso8601)
      return "\(date) \(method) \(path) \(status) \(bytes) \(String(format: "%.1f", taken))"
    }
  }

  private let queue = DispatchQueue(label: "access log")
  private let waiting = Mutex(0)
  private let sink: @Sendable (String) -> Void

  /// - Parameter sink: takes one line, without its end. It may block: no request waits for it.
  package init(_ sink: @escaping @Sendable (String) -> Void) { self.sink = sink }

  func write(_ entry: Entry, bytes: Int) {
    let line = entry.line(bytes: bytes)
    let fits = waiting.withLock { waiting in
      guard waiting < Limits.waitingLines else { return false }
      waiting += 1
      return true
    }
    guard fits else { return }
    queue.async { [self] in
      sink(line)
      waiting.withLock { $0 -= 1 }
    }
  }

  /// Returns when all lines were taken.
  package func finish() { queue.sync {} }
}
