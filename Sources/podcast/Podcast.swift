import ArgumentParser

@main struct Podcast: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cover what must not be heard in a podcast, deliver it, and prove that nothing is left.")
}
