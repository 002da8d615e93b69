import Foundation
import ShowFolder
import ShowModel
import Store

/// Covers and encodes the episodes of a show whose files changed since the last time.
package struct ShowBuilder: Sendable {
  package enum Outcome: Hashable, Sendable {
    case made(Build)
    case asBefore(Build)
  }

  private let folder: ShowFolder
  private let show: Show
  private let catalogue: Catalogue

  package init(_ folder: ShowFolder, _ catalogue: Catalogue) throws {
    (self.folder, self.catalogue) = (folder, catalogue)
    show = try folder.show()
  }

  /// What is heard is verified, by the code that verifies anybody's file, before it counts as built.
  /// - Parameter progress: told, now and then, which part of the work is done, from 0 to 1.
  /// - Throws: the first `ExplainedError`; what was built before is then still there, and still what it was.
  package func build(
    _ slug: String, at date: Date = Date(), progress: @escaping (Double) -> Void = { _ in }
  ) throws -> Outcome {
    let recipe = try EpisodeRecipe(folder.episode(slug), of: show, in: folder)
    if let before = try catalogue.build(of: slug), recipe.isWhat(before), folder.holds(before) {
      return .asBefore(before)
    }
    let draft = "\(folder.builds)/\(slug).\(getpid())\(ShowFolder.draft)"
    try ShowFolder.makePrivate(folder.builds)
    defer { unlink(draft) }
    _ = try RedactionJob.run(recipe.request(to: draft, cache: "\(folder.parts)/\(slug)")) { progress($0 * 0.8) }
    try check(draft, recipe)
    progress(1)
    let build = try description(of: draft, recipe, at: date)
    // In this order: a file of this name that the catalogue does not know could be removed by another command.
    try catalogue.keep(build)
    guard rename(draft, folder.build(build.digest)) == 0 else {
      throw ProductionError.cannotCreate(folder.build(build.digest), code: errno)
    }
    try folder.removeUnused(besides: catalogue.digestsInUse)
    folder.removeOldParts(of: slug, besides: recipe.sound)
    return .made(build)
  }

  private func check(_ draft: String, _ recipe: EpisodeRecipe) throws {
    guard !recipe.ranges.isEmpty else { return }
    let found = try CheckJob.run(
      original: recipe.sound, redacted: draft, ranges: recipe.ranges, ignoresTags: true)
    guard found.isClean else { throw ProductionError.leftAfterCovering(recipe.episode) }
    guard try FileDigest.sha256(ofFile: recipe.sound) == recipe.soundDigest else {
      throw ProductionError.inputChanged(recipe.sound)
    }
  }

  private func description(of draft: String, _ recipe: EpisodeRecipe, at date: Date) throws -> Build {
    let facts = try InspectJob.length(of: draft)
    return Build(
      slug: recipe.episode.slug, soundDigest: recipe.soundDigest, rangesDigest: recipe.rangesDigest,
      settingsDigest: recipe.settingsDigest, digest: try FileDigest.sha256(ofFile: draft),
      byteCount: facts.byteCount, milliseconds: facts.milliseconds, date: date)
  }
}
