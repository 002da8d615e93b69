import Foundation
import TestSupport

/// A show with two short episodes, in a folder of its own, worked on by the program itself.
struct SampleShow {
  static let yaml = """
    title: Sur la ligne
    description: Pour celles et ceux qui sont sur la route.
    language: fr
    author: Section syndicale
    email: contact@example.org
    categories: Business / Careers
    address: https://podcast.example.org
    artwork: artwork.png

    """

  let command: Command
  /// Built and published once for all tests that begin there.
  private static let published: Result<Folder, any Error> = Result {
    let show = try SampleShow()
    show.command.folder.removeAtExit()
    guard try show.run("build").status == 0, try show.run("publish", "001-un").status == 0,
      try show.run("publish", "002-deux").status == 0
    else { throw CocoaError(.fileReadUnknown) }
    return show.command.folder
  }

  private static let artwork = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../Samples/sur-la-ligne/artwork.png").standardizedFileURL

  init() throws {
    command = try Command()
    let folder = command.folder
    try folder.write(Self.yaml, "show/show.yaml")
    try folder.write([UInt8](Data(contentsOf: Self.artwork)), "show/artwork.png")
    for (number, slug) in ["001-un", "002-deux"].enumerated() {
      try folder.write(Wave.noise(seconds: 2, seed: UInt64(number + 1)), "show/episodes/\(slug)/episode.wav")
      try folder.write(Command.list, "show/episodes/\(slug)/ranges.csv")
      try folder.write(episode("Épisode \(number + 1)"), "show/episodes/\(slug)/episode.yaml")
    }
  }

  /// A copy of one whose episodes are both published.
  static func withBothPublished() throws -> SampleShow {
    let show = SampleShow(command: try Command())
    try show.command.folder.run("cp", "-a", published.get().file("show"), "show")
    return show
  }

  private init(command: Command) { self.command = command }

  func episode(_ title: String, ranges: String = "ranges.csv") -> String {
    "title: \(title)\ndescription: Ce qu'on y entend.\nsound: episode.wav\nranges: \(ranges)\n"
  }

  @discardableResult
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Ended {
    try command.start(arguments + ["--show", "show"], environment: environment).wait()
  }

  func write(_ text: String, _ name: String) throws { try command.folder.write(text, "show/\(name)") }

  var feed: String { command.folder.text("show/public/feed.xml") ?? "" }

  /// Of all items, in their order: address, size, and the digest that the feed tells.
  var enclosures: [(path: String, size: Int)] {
    feed.matches(of: /<enclosure url="https:\/\/podcast\.example\.org\/([^"]+)" length="(\d+)" type="audio\/mpeg"/)
      .map { (String($0.output.1), Int($0.output.2) ?? 0) }
  }

  var guids: [String] { feed.matches(of: /<guid isPermaLink="false">([^<]+)</).map { String($0.output.1) } }

  /// Below `show`, all files, sorted.
  func files(_ folder: String) -> [String] {
    let top = command.folder.file("show/\(folder)")
    let names = FileManager.default.enumerator(atPath: top)?.allObjects as? [String] ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(top)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }

  func sounds() -> [String] { files("public").filter { $0.hasSuffix(".mp3") } }

  /// Everything that a web server may show.
  func published() throws -> [UInt8] {
    try files("public").reduce(into: []) { $0 += try command.data("show/public/\($1)") + Array($1.utf8) }
  }
}
