import Foundation
import Publish
import ShowModel
import Store
import Synchronization

/// Takes what people write into the request form. It blocks.
final class RequestDesk: Sendable {
  enum Outcome: Sendable { case taken, incomplete, tooMany }

  private let catalogue: Catalogue
  private let counts = Mutex<(hour: Int, all: Int, peers: [String: Int])>((0, 0, [:]))

  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// - Parameters:
  ///   - form: as a browser sends it (`application/x-www-form-urlencoded`).
  ///   - peer: what tells senders apart for an hour; it is in memory alone.
  func take(_ form: [UInt8], from peer: String, at date: Date) throws -> Outcome {
    let values = FormValues(form)
    func text(_ field: RequestPages.Field) -> PrivateText { PrivateText(values[field.rawValue]) }
    guard !values[RequestPages.Field.wanted.rawValue].isEmpty, !values[RequestPages.Field.contact.rawValue].isEmpty
    else { return .incomplete }
    guard mayAsk(peer, at: date) else { return .tooMany }
    let isKept = try catalogue.ask(
      wanted: text(.wanted), name: text(.name), contact: text(.contact), message: text(.message), at: date)
    return isKept ? .taken : .tooMany
  }

  private func mayAsk(_ peer: String, at date: Date) -> Bool {
    let hour = Int(date.timeIntervalSince1970 / 3_600)
    return counts.withLock { counts in
      if counts.hour != hour { counts = (hour, 0, [:]) }
      guard counts.all < Limits.requestsAnHour, counts.peers[peer, default: 0] < Limits.requestsOfOne else {
        return false
      }
      counts.all += 1
      counts.peers[peer, default: 0] += 1
      return true
    }
  }
}
