/// The sentences of a message with a private link.
struct LinkWords: Sendable {
  let greeting, page, feed, apps, personal, close, colon, at: String
  let subject, show, until: @Sendable (String) -> String
  let episode: @Sendable (_ episode: String, _ show: String) -> String
  let downloads: @Sendable (Int) -> String

  static let french = LinkWords(
    greeting: "Bonjour,", page: "Pour écouter dans un navigateur :",
    feed: "Pour écouter dans une application de podcast, ajoutez-y cette adresse :",
    apps: "Ou touchez, sur votre téléphone, l’adresse pour votre application :",
    personal: """
      Ces adresses sont à vous : ne les transmettez pas et ne les publiez pas. Évitez les applications qui montrent à \
      d’autres ce que vous écoutez. L’accès peut être retiré à tout moment.
      """,
    close: "Bonne écoute,", colon: " :", at: "à",
    subject: { "Votre accès : \($0)" }, show: { "Voici votre accès au podcast « \($0) »." },
    until: { "L’accès est ouvert jusqu’au \($0)." },
    episode: { "Voici votre accès à « \($0) », du podcast « \($1) »." },
    downloads: { $0 == 1 ? "Il vaut pour un téléchargement." : "Il vaut pour \($0) téléchargements." })

  static let english = LinkWords(
    greeting: "Hello,", page: "To listen in a browser:", feed: "To listen in a podcast app, add this address to it:",
    apps: "Or touch, on your phone, the address for your app:",
    personal: """
      These addresses are yours: do not pass them on, and do not publish them. Keep away from apps that show others what \
      you listen to. Access can be taken back at any time.
      """,
    close: "Enjoy listening,", colon: ":", at: "at",
    subject: { "Your access: \($0)" }, show: { "Here is your access to the podcast “\($0)”." },
    until: { "It is open until \($0)." },
    episode: { "Here is your access to “\($0)”, of the podcast “\($1)”." },
    downloads: { $0 == 1 ? "It is good for one download." : "It is good for \($0) downloads." })
}
