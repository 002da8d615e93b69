import Foundation
import ShowModel

/// A show on disk: what its editor wrote, and where the rest lies.
package struct ShowFolder: Sendable {
  package let path: String

  /// - Throws: `ShowFolderError` `.notAShow` where there is no `show.yaml`.
  package init(_ path: String) throws(ShowFolderError) {
    self.path = path
    guard FileManager.default.fileExists(atPath: "\(path)/\(ShowFile.name)") else {
      throw ShowFolderError(
        .notAShow, at: Place(file: path), "there is no show here: show.yaml is missing",
        "Go to the folder of your show, or name it with --show. “podcast new FOLDER” starts one.", exit: .noInput)
    }
  }

  package func show() throws(ShowFolderError) -> Show { try ShowFile.read(in: path) }

  package func episode(_ slug: String) throws(ShowFolderError) -> Episode {
    guard slugs().contains(slug) else {
      throw ShowFolderError(
        .noEpisode, at: nil, "there is no episode “\(slug)”",
        "Write the name of its folder in episodes, such as \(slugs().last ?? "042-reseau").", exit: .noInput)
    }
    return try named(slug)
  }

  /// In order of their names. Folders without an `episode.yaml` are no episodes yet.
  package func slugs() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/episodes")) ?? []
    return names.filter { FileManager.default.fileExists(atPath: "\(path)/episodes/\($0)/\(EpisodeFile.name)") }
      .sorted()
  }

  /// - Throws: for the first of them that is not right, and for a folder whose name can't be in an address.
  package func episodes() throws(ShowFolderError) -> [Episode] {
    var episodes: [Episode] = []
    for slug in slugs() { episodes.append(try named(slug)) }
    return episodes
  }

  private func named(_ slug: String) throws(ShowFolderError) -> Episode {
    guard Self.isSlug(slug) else {
      throw ShowFolderError(
        .badSlug, at: Place(file: "episodes/\(slug)"), "this name can't be in a web address",
        "Rename the folder: small letters without accents, digits and hyphens, at most 60.")
    }
    return try EpisodeFile.read(slug, in: path)
  }

  package static func isSlug(_ text: String) -> Bool {
    text.wholeMatch(of: /[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?/) != nil
  }

  // MARK: Places

  package func folder(of slug: String) -> String { "\(path)/episodes/\(slug)" }
  /// Private: never exported, and no web server may show it.
  package var privateFolder: String { "\(path)/.podcast" }
  package var catalogue: String { "\(privateFolder)/catalogue.sqlite" }
  package var keys: String { "\(privateFolder)/keys" }
  package var builds: String { "\(privateFolder)/builds" }
  package var parts: String { "\(privateFolder)/parts" }
  /// What the server makes private pages of.
  package var shelf: String { "\(privateFolder)/shelf" }
  /// What a web server may show.
  package var publicFolder: String { "\(path)/public" }

  /// Of covered sound, by the digest of its MP3.
  package func build(_ digest: String) -> String { "\(builds)/\(digest).mp3" }
}
