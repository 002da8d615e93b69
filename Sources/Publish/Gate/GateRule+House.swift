/// What no directory asks for, and an editor would regret.
extension GateRule {
  static let doctype = GateRule(
    .house, "doctype", "this defines entities of its own (DOCTYPE), which feed readers refuse", "Remove the DOCTYPE.")
  static let size = GateRule(
    .house, "size", "this is larger than a feed may be", "Leave older episodes out.")
  static let controlCharacter = GateRule(
    .house, "control-character", "“%” holds a control character that can't be seen", "Type it anew.")
  static let email = GateRule(
    .house, "email", "“%” holds an e-mail address", "Leave it out: whoever reads the feed collects it.")
  static let fileName = GateRule(.house, "file-name", "“title” is a file's name", "Write a title for listeners.")
  static let template = GateRule(
    .house, "template", "“description” is still the text of the template", "Say what it is about.")
  static let digest = GateRule(
    .house, "digest", "the sound has no SHA-256 digest", "Build the episode again.")
  static let soundTwice = GateRule(
    .house, "sound-twice", "another episode has the same address of its sound", "Give each its own sound.")
  static let host = GateRule(
    .house, "host", "“%” leads to a computer that listeners can't reach", "Write the address of your public server.")
  static let login = GateRule(
    .house, "login", "“%” is an address with a user name or password in it", "Leave it out: everybody can read it.")
  static let artworkMissing = GateRule(
    .house, "artwork-missing", "this picture is not there or can't be read", "Put it there, or write its right name.")

  static let house = [
    doctype, size, controlCharacter, email, fileName, template, digest, soundTwice, host, login, artworkMissing,
  ]

  static let publicAddress = GateRule(
    .house, "public-address", "“%” of the public feed is a private address", "Write the address that is for everybody.")
  static let privateBlock = GateRule(
    .house, "private-block", "a private feed does not ask directories to stay away: no “%”",
    "Add <itunes:block>Yes</itunes:block> and <podcast:block>yes</podcast:block>.")
  static let privateLocked = GateRule(
    .house, "private-locked", "a private feed lets other platforms import it",
    "Add <podcast:locked>yes</podcast:locked>.")
  static let privateEmail = GateRule(
    .house, "private-email", "a private feed holds the owner's e-mail address", "Leave it out.")
  static let privateGUID = GateRule(
    .house, "private-guid", "a private feed holds “podcast:guid”, by which an index takes it for the public show",
    "Leave it out.")
  static let privateSelf = GateRule(
    .house, "private-self", "a private feed says the address of the public one", "Write its own, or none.")
  static let privateAddress = GateRule(
    .house, "private-address", "“%” of a private feed is not a private address",
    "Let it begin with /p/: by that a directory knows what it must not list.")

  static let privacy = [
    publicAddress, privateBlock, privateLocked, privateEmail, privateGUID, privateSelf, privateAddress,
  ]
}
