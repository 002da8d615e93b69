/// How an MP3 file was encoded, as far as it tells.
package struct MP3Encoding: Hashable, Sendable {
  /// How the bit rate goes.
  package enum Rate: String, Sendable {
    case constant = "CBR"
    case average = "ABR"
    case variable = "VBR"
  }

  package let rate: Rate
  /// In kbit/s, on average.
  package let kilobits: Int
  /// From LAME's tag; nil where it has none.
  package let encoder: String?
  package let layer: Int
  /// Without the one that holds a tag.
  package let frameCount: Int
}
