import Foundation
import ShowModel

/// For whom a link is, why, and for how long.
package struct LinkTerms: Sendable {
  /// In characters.
  private static let longestName = 200
  private static let longestReason = 500

  let name: PrivateText
  let reason: PrivateText?
  let expires: Date?
  let maxDownloads: Int?

  /// - Parameters:
  ///   - name: a pseudonym, on one line.
  ///   - expires: `12h`, `30d`, `6w`, or a day; nil: never.
  ///   - zone: in which a day ends.
  /// - Throws: `ProductionError` `.badName`, `.badReason`, `.badTime`, `.badCount`; none of them holds a name.
  package init(
    name: String, reason: String? = nil, expires: String? = nil, maxDownloads: Int? = nil, now: Date = Date(),
    zone: TimeZone = .current
  ) throws {
    guard let name = Self.line(name, longest: Self.longestName) else { throw ProductionError.badName }
    self.name = name
    self.reason = try reason.map { text in
      guard let line = Self.line(text, longest: Self.longestReason) else { throw ProductionError.badReason }
      return line
    }
    self.expires = try expires.map { text in
      guard let end = LinkTime.end(text, after: now, in: zone) else { throw ProductionError.badTime }
      return end
    }
    if let maxDownloads, !(1...1_000_000).contains(maxDownloads) { throw ProductionError.badCount }
    self.maxDownloads = maxDownloads
  }

  /// - Returns: nil where it is empty, too long, or has line ends or other control characters.
  private static func line(_ text: String, longest: Int) -> PrivateText? {
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    let kinds: [Unicode.GeneralCategory] = [.control, .lineSeparator, .paragraphSeparator]
    guard (1...longest).contains(trimmed.count), trimmed.utf8.count <= 16 * longest,
      !trimmed.unicodeScalars.contains(where: { kinds.contains($0.properties.generalCategory) })
    else { return nil }
    return PrivateText(trimmed)
  }
}
