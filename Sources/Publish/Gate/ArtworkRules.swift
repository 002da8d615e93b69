import ShowModel

/// Of Apple, for pictures of shows and episodes.
enum ArtworkRules {
  /// In pixels.
  private static let sides = 1_400...3_000

  /// - Parameters:
  ///   - address: under which directories find it; what it ends in must be what it is.
  ///   - missing: where it is asked for.
  static func faults(of picture: ArtworkFacts?, address: String, missing: Place) -> [GateFault] {
    guard let picture else { return [GateRule.artworkMissing.fault(at: missing)] }
    guard let kind = picture.kind else { return [GateRule.artworkKind.fault(at: picture.place)] }
    var broken: [(GateRule, String)] = []
    let endings = kind == .jpeg ? ["jpg", "jpeg"] : ["png"]
    // One that is missing is said elsewhere.
    if !address.isEmpty, !endings.contains(WebAddress.fileExtension(address)) {
      broken.append((.artworkExtension, kind.rawValue))
    }
    let size = "\(picture.width) x \(picture.height)"
    if picture.width != picture.height {
      broken.append((.artworkSquare, size))
    }
    if !sides.contains(picture.width) || !sides.contains(picture.height) { broken.append((.artworkSize, size)) }
    if !picture.isRGB { broken.append((.artworkColours, "")) }
    return broken.map { $0.0.fault($0.1, at: picture.place) }
  }
}
