import ShowModel

extension ArtworkFacts {
  /// Of a picture as it goes out.
  package init(_ artwork: Artwork, place: Place) {
    let facts = PictureFacts(artwork.bytes)
    self.init(
      kind: facts.format.flatMap(Kind.init), width: facts.width ?? 0, height: facts.height ?? 0, isRGB: facts.isRGB,
      byteCount: Int64(artwork.bytes.count), place: place)
  }
}
