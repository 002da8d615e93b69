import GRDB
import ShowModel

extension Catalogue {
  /// What is heard of an episode, and what a link opens, at one moment.
  package struct Heard: Sendable {
    /// nil where nothing is heard.
    package let audience: Audience?
    package let revision: Publication.Revision?
    /// Its ``PrivateLink/downloads`` are counted only where they are limited. nil where there is none.
    package let link: PrivateLink?
  }

  /// It is asked on each request of a listener.
  /// - Parameter link: its id; nil for none.
  /// - Complexity: four looks into indexes; it waits for no other program that reads or writes.
  package func heard(_ slug: String, through link: String? = nil) throws -> Heard {
    do {
      let opened = try opened()
      let reader = try opened.takeReader()
      let heard = try reader.heard(slug, through: link)
      opened.giveBack(reader)
      return heard
    } catch { throw StoreError.of(error, path) }
  }
}
