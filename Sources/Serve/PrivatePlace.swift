import Publish

/// Where the private half of a show lies: no folder of it is public.
package struct PrivatePlace: Sendable {
  let shelf, builds: String
  let key: LinkKey

  /// - Parameters:
  ///   - shelf: what private pages are made of.
  ///   - builds: MP3 files, named by their digests.
  package init(shelf: String, builds: String, key: LinkKey) {
    (self.shelf, self.builds, self.key) = (shelf, builds, key)
  }
}
