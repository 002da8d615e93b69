import Foundation
import ShowModel

/// What is sent to who gets a private link: plain text, in French or English.
package struct LinkMessage: Hashable, Sendable {
  /// One line.
  package let subject: String
  /// Lines with `\n` at their ends.
  package let text: String

  /// - Parameters:
  ///   - episode: the title of the one that it opens; nil: all of them.
  ///   - language: French for `fr` and what begins so, otherwise English.
  ///   - zone: in which the end of the link is told.
  package init(
    _ link: PrivateLink, _ token: LinkToken, of show: Show, episode: String?, language: String, zone: TimeZone
  ) {
    let isFrench = language.lowercased().hasPrefix("fr")
    let words = isFrench ? LinkWords.french : LinkWords.english
    let (title, addresses) = (OneLine.text(show.title), LinkAddresses(show))
    subject = OneLine.text(words.subject(episode ?? show.title))
    let apps = AppLink.all(feed: addresses.feed(token)).map { "  \($0.name)\(words.colon) \($0.address)" }
    let end = link.expires.map { words.until(Self.moment($0, isFrench ? "fr" : "en", zone, words)) }
    let parts = [
      words.greeting,
      episode.map { words.episode(OneLine.text($0), title) } ?? words.show(title),
      "\(words.page)\n  \(addresses.page(token))",
      "\(words.feed)\n  \(addresses.feed(token))",
      "\(words.apps)\n\(apps.joined(separator: "\n"))",
      ([words.personal, end, link.maxDownloads.map(words.downloads)].compactMap { $0 }).joined(separator: "\n"),
      words.close, OneLine.text(show.author),
    ]
    text = parts.joined(separator: "\n\n") + "\n"
  }

  /// The day that it still opens, with the time where that is not midnight.
  private static func moment(_ end: Date, _ language: String, _ zone: TimeZone, _ words: LinkWords) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let clock = calendar.dateComponents([.hour, .minute], from: end)
    let (hour, minute) = (clock.hour ?? 0, clock.minute ?? 0)
    let pages = PageWords.of(language)
    guard hour != 0 || minute != 0 else { return pages.day(end.addingTimeInterval(-1), in: zone) }
    return "\(pages.day(end, in: zone)) \(words.at) \(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}

/// Text from elsewhere on one line: no title can end a line, or begin a header of a mail.
enum OneLine {
  static func text(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " " as Unicode.Scalar
      default: scalar
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view).trimmingCharacters(in: .whitespaces)
  }
}
