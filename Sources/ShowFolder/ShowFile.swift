import Foundation
import ShowModel

/// `show.yaml`.
enum ShowFile {
  static let name = "show.yaml"
  private static let keys = [
    "title", "description", "language", "author", "email", "categories", "explicit", "type", "copyright", "address",
    "website", "artwork", "guid", "locked", "sound",
  ]
  private static let soundKeys = ["bitrate", "mono", "fill", "pad", "shortest", "join"]

  /// - Parameter folder: of the show.
  static func read(in folder: String) throws(ShowFolderError) -> Show {
    let map = try YAMLMap(path: "\(folder)/\(name)", name: name, keys: keys)
    var show = Show(
      title: try map.required("title", "Réseau ouvert"),
      description: try map.required("description", "What we talk about, for whom."),
      language: try language(map), author: try map.required("author", "Section syndicale"),
      categories: try categories(map), address: try address(map),
      artwork: try requiredPath("artwork", "artwork.jpg", in: map),
      place: map.place)
    show.email = try map.text("email").map(PrivateText.init)
    show.isExplicit = try map.flag("explicit") ?? false
    show.kind = try map.word("type", Show.Kind.self) ?? .episodic
    show.copyright = try map.text("copyright")
    if let website = try map.text("website") { show.website = try webAddress(website, "website", map) }
    show.guid = try guid(map)
    show.isLocked = try map.flag("locked") ?? true
    show.sound = try sound(map)
    return show
  }

  static func requiredPath(_ key: String, _ example: String, in map: YAMLMap) throws(ShowFolderError) -> String {
    try inside(map.required(key, example), key, map)
  }

  /// A path that stays in its folder: no absolute one, none that leads out.
  static func path(_ key: String, in map: YAMLMap) throws(ShowFolderError) -> String? {
    guard let text = try map.text(key) else { return nil }
    return try inside(text, key, map)
  }

  static func inside(_ text: String, _ key: String, _ map: YAMLMap) throws(ShowFolderError) -> String {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard !text.hasPrefix("/"), !parts.contains(".."), !parts.contains("") else {
      throw map.bad(key, "leads out of its folder", "Copy the file beside \(map.place.file), and write its name.")
    }
    return text
  }

  private static func language(_ map: YAMLMap) throws(ShowFolderError) -> String {
    let text = try map.required("language", "fr")
    guard text.wholeMatch(of: /[A-Za-z]{2,3}(-[A-Za-z]{2}|-[0-9]{3})?/) != nil else {
      throw map.bad("language", "is no language code", "Write “fr”, “en”, “fr-CA” or the like.")
    }
    return text
  }

  private static func categories(_ map: YAMLMap) throws(ShowFolderError) -> [Show.Category] {
    guard let texts = try map.texts("categories") else {
      _ = try map.required("categories", "Business / Careers")
      return []
    }
    return texts.map { text in
      let parts = text.split(separator: "/", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      return Show.Category(name: parts.first ?? "", subcategory: parts.count > 1 ? parts[1] : nil)
    }
  }

  private static func address(_ map: YAMLMap) throws(ShowFolderError) -> String {
    try webAddress(map.required("address", "https://podcast.example.org"), "address", map)
  }

  /// Without slashes at the end. `http` is for trying things out: the gate refuses it for what is public.
  private static func webAddress(_ text: String, _ key: String, _ map: YAMLMap) throws(ShowFolderError) -> String {
    let trimmed = String(text.reversed().drop { $0 == "/" }.reversed())
    guard let parts = URLComponents(string: trimmed), ["http", "https"].contains(parts.scheme),
      parts.host?.isEmpty == false, parts.query == nil, parts.fragment == nil, parts.user == nil,
      trimmed.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else {
      throw map.bad(key, "is no web address", "Write it from https:// on, without “?” and “#”.")
    }
    return trimmed
  }

  private static func guid(_ map: YAMLMap) throws(ShowFolderError) -> String? {
    guard let text = try map.text("guid") else { return nil }
    guard UUID(uuidString: text) != nil else {
      throw map.bad("guid", "is no UUID", "Leave it out: it then follows from the address of the feed.")
    }
    return text.lowercased()
  }

  private static func sound(_ map: YAMLMap) throws(ShowFolderError) -> Show.SoundSettings {
    var settings = Show.SoundSettings()
    guard let sound = try map.map("sound", keys: soundKeys) else { return settings }
    settings.bitrate = try bitrate(sound) ?? settings.bitrate
    settings.isMono = try sound.flag("mono") ?? settings.isMono
    settings.fill = try sound.word("fill", Fill.self) ?? settings.fill
    (settings.pad, settings.shortest, settings.join) = (
      try seconds("pad", sound), try seconds("shortest", sound), try seconds("join", sound)
    )
    return settings
  }

  /// ISO/IEC 11172-3, 2.4.2.3, in kb/s.
  private static let bitrates = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]

  private static func bitrate(_ map: YAMLMap) throws(ShowFolderError) -> Int? {
    guard let number = try map.number("bitrate", 32...320) else { return nil }
    guard bitrates.contains(number) else {
      let known = bitrates.map(String.init).joined(separator: ", ")
      throw map.bad("bitrate", "is none that MP3 knows", "Write one of: \(known).")
    }
    return number
  }

  private static func seconds(_ key: String, _ map: YAMLMap) throws(ShowFolderError) -> String? {
    guard let text = try map.text(key)?.replacingOccurrences(of: ",", with: ".") else { return nil }
    guard text.wholeMatch(of: /[0-9]{1,2}(\.[0-9]{1,6})?/) != nil else {
      throw map.bad(key, "is not a time in seconds", "Write seconds, such as 0.1.")
    }
    return text
  }
}
