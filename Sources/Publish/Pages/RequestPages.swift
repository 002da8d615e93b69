import ShowModel

/// The pages of who has no private link, or comes to an address that opens nothing. They say nothing of what exists.
package struct RequestPages {
  /// The names of the form's fields.
  package enum Field: String, CaseIterable, Sendable {
    case wanted, name, contact, message

    /// The most characters that a browser lets people write.
    var length: Int { self == .message ? 1_000 : 120 }
  }

  private let show: Show
  private let words: RequestWords

  package init(_ show: Show) {
    self.show = show
    words = RequestWords.of(show.language)
  }

  package func form() -> [UInt8] {
    page(
      words.title,
      """
      <p>\(HTML.escaped(words.explanation))</p>
      <form method="post" action="./">
      \(input(.wanted, words.wanted, hint: words.wantedHint))\(input(.name, words.name, hint: words.nameHint))\
      \(input(.contact, words.contact, hint: words.contactHint))\(textArea(.message, words.message))\
      <p><button>\(HTML.escaped(words.send))</button></p>
      </form>

      """)
  }

  package func thanks() -> [UInt8] { page(words.thanks, "<p>\(HTML.escaped(words.afterwards))</p>\n") }

  package func tooMany() -> [UInt8] { page(words.tooMany, "<p>\(HTML.escaped(words.later))</p>\n") }

  package func incomplete() -> [UInt8] {
    page(words.incomplete, "<p><a href=\"./\">\(HTML.escaped(words.title))</a></p>\n")
  }

  /// Of a link that was valid once.
  package func gone() -> [UInt8] {
    page(words.gone, "<p>\(HTML.escaped(words.askAgain)) <a href=\"../\">\(HTML.escaped(words.title))</a></p>\n")
  }

  /// At the public address of an episode that was withdrawn.
  package func withdrawn() -> [UInt8] { page(words.withdrawn, home) }

  /// At an address that was never one.
  package func unknown() -> [UInt8] { page(words.unknown, home) }

  private var home: String {
    let address = HTML.escaped("\(show.address)/")
    return "<p><a href=\"\(address)\">\(HTML.escaped(PageWords.of(show.language).back))</a></p>\n"
  }

  private func input(_ field: Field, _ label: String, hint: String) -> String {
    let (id, required) = (field.rawValue, field == .wanted || field == .contact ? " required" : "")
    return """
      <p><label for="\(id)">\(HTML.escaped(label))</label>
      <input id="\(id)" name="\(id)" maxlength="\(field.length)"\(required) aria-describedby="\(id)-hint" autocomplete="off">
      <span class="quiet" id="\(id)-hint">\(HTML.escaped(hint))</span></p>

      """
  }

  private func textArea(_ field: Field, _ label: String) -> String {
    let id = field.rawValue
    return """
      <p><label for="\(id)">\(HTML.escaped(label))</label>
      <textarea id="\(id)" name="\(id)" rows="4" maxlength="\(field.length)"></textarea></p>

      """
  }

  private func page(_ title: String, _ content: String) -> [UInt8] {
    let body = """
      <header>
      <h1>\(HTML.escaped(title))</h1>
      <p class="quiet" dir="auto">\(HTML.escaped(show.title))</p>
      </header>
      <main>
      \(content)</main>

      """
    return Page(show: show, title: "\(title) · \(show.title)", summary: "", body: body).html()
  }
}

/// What these pages say, in the language of the show.
private struct RequestWords {
  let title, explanation, wanted, wantedHint, name, nameHint, contact, contactHint, message, send: String
  let thanks, afterwards, tooMany, later, incomplete, gone, askAgain, withdrawn, unknown: String

  static func of(_ language: String) -> RequestWords { language.lowercased().hasPrefix("fr") ? french : english }

  private static let english = RequestWords(
    title: "Ask for an episode",
    explanation: """
      Some episodes are sent to people one by one. Say what you would like to hear and how we reach you; the team of the \
      show reads it and answers.
      """,
    wanted: "What would you like to hear?", wantedHint: "A title, a date or a subject.",
    name: "Your name, or what we may call you", nameHint: "You can leave this empty.",
    contact: "How do we reach you?", contactHint: "A telephone number or an e-mail address.",
    message: "Anything else", send: "Send", thanks: "Thank you",
    afterwards: "Your request was noted. If it can be granted, you will get a link that is for you alone.",
    tooMany: "Too many requests at the moment", later: "Please try again in an hour.",
    incomplete: "Please say what you would like to hear and how we reach you, in a few words",
    gone: "This link is not valid any more", askAgain: "Who gave it to you can give you another one.",
    withdrawn: "This episode is not available any more", unknown: "There is no such page")

  private static let french = RequestWords(
    title: "Demander un épisode",
    explanation: """
      Certains épisodes sont envoyés personne par personne. Dites-nous ce que vous voulez écouter et comment vous \
      joindre\u{a0}; l’équipe de l’émission vous lit et vous répond.
      """,
    wanted: "Que voulez-vous écouter\u{a0}?", wantedHint: "Un titre, une date ou un sujet.",
    name: "Votre nom, ou comment vous appeler", nameHint: "Vous pouvez laisser ce champ vide.",
    contact: "Comment vous joindre\u{a0}?", contactHint: "Un numéro de téléphone ou une adresse e-mail.",
    message: "Autre chose", send: "Envoyer", thanks: "Merci",
    afterwards: "Votre demande est notée. Si elle est acceptée, vous recevrez un lien qui n’est que pour vous.",
    tooMany: "Trop de demandes en ce moment", later: "Réessayez dans une heure.",
    incomplete: "Dites-nous en quelques mots ce que vous voulez écouter et comment vous joindre",
    gone: "Ce lien n’est plus valable", askAgain: "La personne qui vous l’a donné peut vous en donner un autre.",
    withdrawn: "Cet épisode n’est plus disponible", unknown: "Cette page n’existe pas")
}
