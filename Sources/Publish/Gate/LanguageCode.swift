/// Languages as feeds write them: two letters of ISO 639-1, with a region of ISO 3166 or UN M.49 where one is meant.
enum LanguageCode {
  static func isKnown(_ text: String) -> Bool {
    let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    guard let language = parts.first, codes.contains(language), parts.count <= 2 else { return false }
    guard parts.count == 2, let region = parts.last else { return true }
    return region.utf8.count == 2 && region.utf8.allSatisfy { (0x61...0x7a).contains($0) }
      || region.utf8.count == 3 && region.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static let codes = Set(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
    ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
    te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split { $0 == " " || $0 == "\n" })
}
