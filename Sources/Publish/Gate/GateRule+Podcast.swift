/// The podcast namespace (Podcastindex-org/podcast-namespace, docs/tags).
extension GateRule {
  static let podcastNamespace = GateRule(
    .podcast, "namespace", "the prefix “podcast” stands for something else than Podcasting 2.0",
    "Write xmlns:podcast=\"https://podcastindex.org/namespace/1.0\".")
  static let showGUID = GateRule(
    .podcast, "guid", "“podcast:guid” is no UUID", "Leave it out: it then follows from the address of the feed.")
  static let locked = GateRule(.podcast, "locked", "“podcast:locked” is neither yes nor no", "Write yes or no.")
  static let medium = GateRule(.podcast, "medium", "“podcast:medium” is none of the list", "Write podcast.")
  static let block = GateRule(.podcast, "block", "“podcast:block” is neither yes nor no", "Write yes or no.")
  static let transcriptType = GateRule(
    .podcast, "transcript-type", "the “type” of “podcast:transcript” is none that apps read",
    "Use WebVTT (text/vtt), SRT (application/x-subrip), text/plain, text/html or application/json.")
  static let chaptersType = GateRule(
    .podcast, "chapters-type", "the “type” of “podcast:chapters” is not that of chapters",
    "Write application/json+chapters.")
  static let alternateType = GateRule(
    .podcast, "alternate-type", "“podcast:alternateEnclosure” has no “type”", "Write audio/mpeg for an MP3.")
  static let alternateSource = GateRule(
    .podcast, "alternate-source", "“podcast:alternateEnclosure” has no “podcast:source”", "Add one with its address.")
  static let alternateLength = GateRule(
    .podcast, "alternate-length", "the “length” of “podcast:alternateEnclosure” is no number of bytes",
    "Write the size of the file, or leave it out.")
  static let integrity = GateRule(
    .podcast, "integrity", "“podcast:integrity” is no digest", "Write type=\"sri\" and sha256-… in Base64.")
  static let podcastSeason = GateRule(
    .podcast, "season", "“podcast:season” is no whole number", "Correct it, or leave it out.")
  static let podcastEpisode = GateRule(
    .podcast, "episode", "“podcast:episode” is no number", "Correct it, or leave it out.")
  static let person = GateRule(
    .podcast, "person", "“podcast:person” is empty or longer than 128 characters", "Write a name, or leave it out.")
  static let funding = GateRule(
    .podcast, "funding", "“podcast:funding” is longer than 128 characters", "Shorten it.")
  static let txt = GateRule(
    .podcast, "txt", "“podcast:txt” is longer than 4,000 characters", "Shorten it.")

  static let podcast = [
    podcastNamespace, showGUID, locked, medium, block, transcriptType, chaptersType, alternateType, alternateSource,
    alternateLength, integrity, podcastSeason, podcastEpisode, person, funding, txt,
  ]
}
