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

/// The values of a form (URL Standard, 5.1). Of a name that comes twice, the first one counts.
struct FormValues {
  private var values: [String: String] = [:]

  init(_ bytes: [UInt8]) {
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.text(parts[0])
      if values[name] == nil { values[name] = Self.text(parts.count > 1 ? parts[1] : []) }
    }
  }

  /// Without spaces around it; empty where there is none.
  subscript(_ name: String) -> String { values[name] ?? "" }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var (result, rest): ([UInt8], ArraySlice<UInt8>) = ([], bytes)
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { fallthrough }
        result.append(value)
        rest = rest.dropFirst(2)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
