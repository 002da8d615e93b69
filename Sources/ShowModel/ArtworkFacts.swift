/// What directories ask of a picture, read from its bytes.
package struct ArtworkFacts: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable { case jpeg = "JPEG", png = "PNG" }

  /// nil: neither.
  package var kind: Kind?
  /// In pixels.
  package var width, height: Int
  /// Red, green and blue, or a palette of them; not grey, and not the inks of print (CMYK).
  package var isRGB: Bool
  package var byteCount: Int64
  /// The file itself.
  package var place: Place

  package init(kind: Kind?, width: Int, height: Int, isRGB: Bool, byteCount: Int64, place: Place) {
    (self.kind, self.width, self.height) = (kind, width, height)
    (self.isRGB, self.byteCount, self.place) = (isRGB, byteCount, place)
  }
}
