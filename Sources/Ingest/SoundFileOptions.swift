/// How a sound file is opened.
package struct SoundFileOptions: Hashable, Sendable {
  /// Whether to work with what is there of a file that is cut short, or whose header does not say truly how much there
  /// is. What comes behind damage in the middle of a compressed file is left out: its time would be wrong.
  package var allowTruncated: Bool
  /// Where programs are looked for, separated by colons; nil: as PATH says.
  package var searchPath: String?

  package init(allowTruncated: Bool = false, searchPath: String? = nil) {
    self.allowTruncated = allowTruncated
    self.searchPath = searchPath
  }
}
