import Foundation

/// Somebody asks for a private link. All that they wrote is private.
package struct LinkRequest: Hashable, Sendable {
  package enum Answer: String, CaseIterable, Sendable { case approved, refused }

  /// Rises with each request, from 1 on.
  package var number: Int64
  package var date: Date
  /// Which episode, in their words.
  package var wanted: PrivateText
  package var name: PrivateText
  package var contact: PrivateText
  package var message: PrivateText
  package var answered: Date?
  package var answer: Answer?
  /// The id of the link that was granted for it.
  package var link: String?

  package init(
    number: Int64, date: Date, wanted: PrivateText, name: PrivateText, contact: PrivateText, message: PrivateText,
    answered: Date? = nil, answer: Answer? = nil, link: String? = nil
  ) {
    (self.number, self.date, self.wanted, self.name) = (number, date, wanted, name)
    (self.contact, self.message) = (contact, message)
    (self.answered, self.answer, self.link) = (answered, answer, link)
  }
}
