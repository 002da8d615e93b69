import ShowModel

/// Something in a show or a feed for which a directory would refuse it, or that this house does not let out.
package struct GateFault: Hashable, Sendable, CustomStringConvertible {
  package enum Source: String, CaseIterable, Sendable {
    case rss = "RSS 2.0"
    case apple = "Apple"
    case psp1 = "PSP-1"
    case podcast = "Podcasting 2.0"
    case house = "this program"
  }

  /// Short and stable, such as `apple.artwork-size`.
  package let rule: String
  /// Whose rule it is.
  package let source: Source
  package let place: Place?
  /// A sentence without its full stop, beginning in lower case. Never quotes a title, a note or an address: the address
  /// may be a private one.
  package let problem: String
  /// What to do: a whole sentence.
  package let remedy: String

  package var description: String {
    let at = place.map { "\($0): " } ?? ""
    return "\(at)\(problem) (\(source.rawValue): \(rule)). \(remedy)"
  }
}
