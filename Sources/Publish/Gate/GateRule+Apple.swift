/// “Podcast RSS feed requirements” and “A podcaster's guide to RSS” of Apple: the show, and addresses.
extension GateRule {
  static let appleNamespace = GateRule(
    .apple, "namespace", "the prefix “itunes” stands for something else than Apple's tags",
    "Write xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\".")
  static let title = GateRule(.apple, "title", "the show has no title", "Give it one.")
  static let titleMarkup = GateRule(
    .apple, "title-markup", "“%” holds HTML, which apps show as it is written", "Write plain text.")
  static let descriptionLength = GateRule(
    .apple, "description-length", "“description” is longer than 4,000 bytes in UTF-8", "Shorten it.")
  static let language = GateRule(.apple, "language", "the show has no “language”", "Write “fr”, “en” or the like.")
  static let languageCode = GateRule(
    .apple, "language-code", "“language” is no language code of ISO 639", "Write “fr”, “en”, “fr-CA” or the like.")
  static let artwork = GateRule(.apple, "artwork", "the show has no “itunes:image”", "Give the address of a picture.")
  static let category = GateRule(
    .apple, "category", "the show has no “itunes:category”", "Choose one to three of Apple's.")
  static let categoryName = GateRule(
    .apple, "category-name", "“%” is none of Apple's categories", "Write one as Apple spells it, such as Business.")
  static let subcategoryName = GateRule(
    .apple, "subcategory-name", "“%” is no subcategory of its category",
    "Write one as Apple spells it, such as Business / Careers.")
  static let explicit = GateRule(.apple, "explicit", "the show has no “itunes:explicit”", "Write true or false.")
  static let explicitValue = GateRule(
    .apple, "explicit-value", "“itunes:explicit” is neither true nor false", "Write true or false.")
  static let type = GateRule(
    .apple, "type", "“itunes:type” is neither episodic nor serial", "Write episodic or serial.")
  static let author = GateRule(.apple, "author", "“itunes:author” is empty", "Write who makes the show.")
  static let ownerEmail = GateRule(
    .apple, "owner-email", "“itunes:email” is no e-mail address", "Correct it, or leave the owner out.")
  static let blockValue = GateRule(
    .apple, "block-value", "“itunes:block” has an effect only as Yes", "Write Yes, or leave it out.")
  static let blockPublic = GateRule(
    .apple, "block-public", "“itunes:block” takes what is public out of the directories", "Leave it out.")
  static let https = GateRule(.apple, "https", "“%” is not an address of https", "Serve it over https.")
  static let asciiAddress = GateRule(
    .apple, "ascii-address", "“%” is an address with other characters than those of ASCII",
    "Rename the file, or encode the address.")

  static let apple = [
    appleNamespace, title, titleMarkup, descriptionLength, language, languageCode, artwork, category, categoryName,
    subcategoryName, explicit, explicitValue, type, author, ownerEmail, blockValue, blockPublic, https, asciiAddress,
  ]
}
