import Foundation

/// What pages say of themselves, in the language of the show.
struct PageWords {
  let language: String
  let subscribe, listen, download, episodes, back, transcript, none, minutes: String
  /// Of private links.
  let personal, inYourApp: String
  private let months: [String]

  /// French for a show in French, otherwise English.
  static func of(_ language: String) -> PageWords { language.lowercased().hasPrefix("fr") ? french : english }

  private static let english = PageWords(
    language: "en", subscribe: "Address for your podcast app:", listen: "Listen:", download: "Download",
    episodes: "Episodes", back: "All episodes", transcript: "What is said", none: "There is no episode yet.",
    minutes: "min", personal: "This page is for you alone: please do not pass its address on.",
    inYourApp: "Listen in your podcast app",
    months: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ])

  private static let french = PageWords(
    language: "fr", subscribe: "Adresse pour votre application de podcast :", listen: "Écouter :",
    download: "Télécharger", episodes: "Épisodes", back: "Tous les épisodes", transcript: "Ce qui est dit",
    none: "Il n’y a pas encore d’épisode.", minutes: "min",
    personal: "Cette page n’est que pour vous\u{a0}: ne transmettez pas son adresse.",
    inYourApp: "Écouter dans votre application de podcast",
    months: [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
      "décembre",
    ])

  /// - Parameter zone: GMT is the same on every machine.
  func day(_ date: Date, in zone: TimeZone = .gmt) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    guard let year = parts.year, let month = parts.month, let day = parts.day else { return "" }
    let first = language == "fr" && day == 1 ? "1er" : "\(day)"
    return "\(first) \(months[month - 1]) \(year)"
  }

  func length(_ milliseconds: Int64) -> String { "\(max(1, (milliseconds + 30_000) / 60_000)) \(minutes)" }
}
