/// Of the same pages of Apple: episodes, and pictures.
extension GateRule {
  static let episodeTitle = GateRule(.apple, "episode-title", "the episode has no title", "Give it one.")
  static let enclosure = GateRule(
    .apple, "enclosure", "the episode has no “enclosure”", "Add the address of its sound.")
  static let enclosureLength = GateRule(
    .apple, "enclosure-length", "the “length” of “enclosure” is no number of bytes", "Write the size of the file.")
  static let enclosureType = GateRule(
    .apple, "enclosure-type", "the “type” of “enclosure” is none that apps play", "Write audio/mpeg for an MP3.")
  static let enclosureExtension = GateRule(
    .apple, "enclosure-extension", "the address of “enclosure” ends in something else than its “type” says",
    "Let the address of an MP3 end in .mp3.")
  static let guid = GateRule(.apple, "guid", "the episode has no “guid”", "Give it one that never changes.")
  static let duration = GateRule(
    .apple, "duration", "“itunes:duration” is no time", "Write whole seconds, more than 0.")
  static let episodeNumber = GateRule(
    .apple, "episode-number", "“itunes:episode” is no number from 1 on", "Correct it, or leave it out.")
  static let season = GateRule(
    .apple, "season", "“itunes:season” is no number from 1 on", "Correct it, or leave it out.")
  static let serialNumber = GateRule(
    .apple, "serial-number", "the episode of a serial show has no number", "Give it one: apps sort by it.")
  static let episodeType = GateRule(
    .apple, "episode-type", "“itunes:episodeType” is none of full, trailer and bonus", "Write one of these.")

  static let appleEpisode = [
    episodeTitle, enclosure, enclosureLength, enclosureType, enclosureExtension, guid, duration, episodeNumber, season,
    serialNumber, episodeType,
  ]

  static let artworkKind = GateRule(
    .apple, "artwork-kind", "the picture is neither JPEG nor PNG", "Save it as JPEG or PNG.")
  static let artworkExtension = GateRule(
    .apple, "artwork-extension", "the picture is %, but its name says something else",
    "Let the name of a JPEG end in .jpg, that of a PNG in .png.")
  static let artworkSquare = GateRule(
    .apple, "artwork-square", "the picture is not square: %", "Cut it to a square.")
  static let artworkSize = GateRule(
    .apple, "artwork-size", "the picture has % pixels", "Make it 1400 x 1400 to 3000 x 3000 pixels.")
  static let artworkColours = GateRule(
    .apple, "artwork-colours", "the picture is not in RGB colours", "Save it in RGB, also where it is grey.")

  static let appleArtwork = [artworkKind, artworkExtension, artworkSquare, artworkSize, artworkColours]
}
