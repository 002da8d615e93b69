import Foundation

extension FeedRules {
  mutating func check(title: FeedElement?) {
    guard let title else { return }
    check(email: title)
    let text = title.trimmed
    if text.utf8.contains(UInt8(ascii: "<")), text.contains(Self.markup) { report(.titleMarkup, "title", at: title) }
    if Self.soundEndings.contains(WebAddress.fileExtension(text)) { report(.fileName, at: title) }
  }

  /// Tags that people paste; “<questions>” is a title.
  private static var markup: Regex<Substring> {
    /<\/?(?:a|b|i|u|p|br|em|strong|span|div|font|img|h[1-6]|ul|ol|li|script|style)(?:\s[^<>]*)?\/?>/.ignoresCase()
  }

  private static let soundEndings: Set<String> = [
    "mp3", "wav", "flac", "m4a", "aac", "ogg", "opus", "aif", "aiff", "wma",
  ]

  mutating func check(description: FeedElement?) {
    guard let description else { return }
    if description.text.utf8.count > PublishLimits.descriptionBytes { report(.descriptionLength, at: description) }
    if Self.templates.contains(description.trimmed) { report(.template, at: description) }
  }

  /// What `podcast new` writes.
  private static let templates: Set<String> = [
    "Say here what your show is about.", "Say here what this episode is about.",
    "Dites ici de quoi parle votre émission.", "Dites ici de quoi parle cet épisode.",
  ]

  mutating func check(email element: FeedElement?) {
    if let element, EmailAddress.isIn(element.text) { report(.email, element.name, at: element) }
  }

  mutating func check(date: FeedElement?) {
    if let date, FeedDate.date(date.trimmed) == nil { report(.date, date.name, at: date) }
  }

  mutating func check(people element: FeedElement) {
    for person in element.all("podcast:person") {
      let length = person.trimmed.count
      if length == 0 || length > PublishLimits.lineCharacters { report(.person, at: person) }
    }
  }
}

/// As people type them (a part of RFC 5321, 4.1.2).
enum EmailAddress {
  static func isOne(_ text: String) -> Bool {
    text.wholeMatch(of: /[A-Za-z0-9.!#$%&'*+\/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/) != nil
  }

  static func isIn(_ text: String) -> Bool {
    // Nearly no text has one: nothing is matched there.
    text.utf8.contains(UInt8(ascii: "@"))
      && text.contains(/[A-Za-z0-9._%+-]@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/)
  }
}
