import ShowModel

/// What tags give away that players don't show, or that names a computer.
struct TagLeaks {
  private let search: TextSearch
  /// What was found already, by where it stands.
  private let known: Set<Finding.Kind>

  init(_ search: TextSearch, known: Set<Finding.Kind>) {
    (self.search, self.known) = (search, known)
  }

  func findings(in tags: FoundTags) -> [Finding] {
    var seen: Set<FoundTags.Text> = []
    var whole = known
    // TagLib says of MP4 that a program is who encoded it.
    let programs = Set(tags.texts.filter { $0.kind == .software }.map(\.text))
    let texts = tags.texts.filter { text in
      !text.text.revealed.trimmed.isEmpty && seen.insert(text).inserted
        && !(text.kind == .encodedBy && programs.contains(text.text))
    }
    let found = texts.flatMap { text in
      var kinds: [Finding.Kind] = []
      // A frame or a chunk is one finding, however many texts it has.
      if let kind = kind(of: text), !Self.isWhole(kind) || whole.insert(kind).inserted { kinds.append(kind) }
      if text.kind != .software, Self.namesPlace(text.text.revealed) { kinds.append(.path) }
      return kinds.map { ($0, text.text.revealed) }
    }
    return found.prefix(Limits.findings).map { Finding($0, at: search.offset(of: $1), content: $1) }
  }

  private func kind(of text: FoundTags.Text) -> Finding.Kind? {
    switch text.kind {
    case .encodedBy: .encodedBy
    case .software: Self.isOwn(text.text.revealed) ? nil : .software
    case .measure: .measure
    case .lyrics: .lyrics
    case .bext: .bext
    case .iXML: .iXML
    case .cart: .cart
    case .XMP: .XMP
    case .cueLabel: .label
    case .pictureName: .pictureName
    case .privateObject: .privateFrame
    case .other: .unusualField
    default: nil
    }
  }

  private static func isWhole(_ kind: Finding.Kind) -> Bool {
    [.bext, .iXML, .cart, .XMP, .privateFrame, .label].contains(kind)
  }

  /// The libraries that this program writes with: they say nothing of who used them.
  private static func isOwn(_ text: String) -> Bool {
    ["LAME", "libsndfile", "Xiph.Org libVorbis", "libopus", "reference libFLAC"].contains { text.hasPrefix($0) }
  }

  /// Whether a text names a folder, a computer or a mailbox.
  static func namesPlace(_ text: String) -> Bool {
    let patterns = [
      #/(?i)\b[a-z]:\\\S/#, #/\\\\[\w.-]+\\/#, #/(?i)\bfile:\/\//#,
      #/(?:^|[\s"'(=:])\/(?:home|Users|Volumes|mnt|media|root|tmp|var|private|srv|opt)\//#,
      #/(?i)\b(?:DESKTOP|LAPTOP|PC)-[A-Z0-9]{3,}\b/#, #/(?i)\b[\w-]+\.(?:local|lan|home|internal|corp)\b/#,
      #/(?i)\b[\w-]+(?:'s|s)?-(?:macbook|imac|mac-mini|laptop|pc)\b/#,
      #/(?i)\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b/#,
    ]
    let start = text.prefix(Limits.placeCharacters)
    return patterns.contains { start.firstMatch(of: $0) != nil }
  }
}
