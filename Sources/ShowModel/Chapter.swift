import PCM

/// A part of an episode that players can jump to. Its title is written for listeners.
package struct Chapter: Hashable, Sendable {
  package var start: MediaTime
  /// nil: where the next one starts, or the sound ends.
  package var end: MediaTime?
  package var title: String
  package var url: String?
  /// Where it was written, for error messages.
  package var place: Place?

  package init(start: MediaTime, end: MediaTime? = nil, title: String, url: String? = nil, place: Place? = nil) {
    self.start = start
    self.end = end
    self.title = title
    self.url = url
    self.place = place
  }
}
