import ShowModel

/// A rule of a specification, and what to say where it is broken.
struct GateRule: Sendable {
  let id: String
  let source: GateFault.Source
  /// `%` stands for what it is about.
  private let problem: String
  private let remedy: String

  init(_ source: GateFault.Source, _ name: String, _ problem: String, _ remedy: String) {
    id = "\(source).\(name)"
    (self.source, self.problem, self.remedy) = (source, problem, remedy)
  }

  /// - Parameter subject: a tag, a code or a category; nothing private.
  func fault(_ subject: String = "", at place: Place?) -> GateFault {
    GateFault(
      rule: id, source: source, place: place, problem: problem.replacing("%", with: subject), remedy: remedy)
  }

  static let all = [rss, apple, appleEpisode, appleArtwork, psp1, podcast, house, privacy].flatMap { $0 }
}
