import Foundation
import Publish
import ShowFolder
import ShowModel
import Store

/// Gives episodes to their audience, and takes them back.
package struct ShowPublisher {
  package struct Report: Hashable, Sendable {
    package let publication: Publication
    package let outcome: PublishingOutcome
    package let title: String
    /// Of its page; nil where it is for the invited.
    package let page: String?
    /// Whether it is on a page that this computer alone can open.
    package let isTrial: Bool
    /// What is said goes out as it is written.
    package let hasTranscript: Bool
    /// Whether the audience is the one that it had, and nobody said another.
    package let isKept: Bool
    /// Links that were given before it was withdrawn, and open it again.
    package let reopened: Int
  }

  private let folder: ShowFolder
  private let catalogue: Catalogue

  package init(_ folder: ShowFolder, _ catalogue: Catalogue) { (self.folder, self.catalogue) = (folder, catalogue) }

  /// - Parameter chosen: nil: the one that it has, or everybody where it was never published.
  /// - Throws: `ProductionError` `.notBuilt`, `.changedSinceBuilt`, `.buildIsGone`, `.isWithdrawn`, `.isToCome`;
  ///   `PublishError` where a directory would refuse what the feed became; whatever is wrong with the files of any episode
  ///   that is heard. Nothing changes then. Where it closes what everybody could hear, that comes first: `.closedWithoutFeed`,
  ///   `.oldShelf`.
  package func publish(_ slug: String, to chosen: Audience?, at date: Date = Date()) throws -> Report {
    let (show, episode) = (try folder.show(), try folder.episode(slug))
    let build = try builtNow(episode, of: show)
    let guid = ShowGUID.of(feedAddress: "\(show.address)/feed.xml/\(slug)")
    return try SiteLock.held(in: folder) {
      let before = try catalogue.publication(of: slug)
      let audience = try chosen ?? Self.audience(of: before, episode)
      let closes = before?.isHeardByEverybody == true && audience == .invited
      if !closes {
        if audience == .everybody, let day = episode.date, day > date { throw ProductionError.isToCome(episode, day) }
        try checkAll(
          with: Publication(
            slug: slug, guid: guid, audience: audience, published: date, revisions: [Publication.Revision(build, date)]),
          of: show)
      }
      let (publication, outcome) = try catalogue.publish(build, guid: guid, to: audience, at: date)
      if closes { try close(publication, wasPublic: true) { show } } else { try writeAll(show) }
      return Report(
        publication: publication, outcome: outcome, title: episode.title,
        page: audience == .everybody ? "\(show.address)/episodes/\(slug)/" : nil,
        isTrial: audience == .everybody && Gate.isTrial(show),
        hasTranscript: episode.transcript != nil, isKept: chosen == nil && before != nil,
        reopened: before?.withdrawn == nil ? 0 : try openLinks(to: slug, at: date))
    }
  }

  /// A forgotten word must open nothing that was closed.
  private static func audience(of before: Publication?, _ episode: Episode) throws -> Audience {
    guard let before else { return .everybody }
    guard before.withdrawn == nil else { throw ProductionError.isWithdrawn(episode) }
    return before.audience
  }

  private func openLinks(to slug: String, at date: Date) throws -> Int {
    try catalogue.links().filter { [.feed, .episode(slug)].contains($0.scope) && $0.state(at: date) == .open }.count
  }

  /// Reads all that is written once an episode has its audience, so that nothing has changed yet where it can't be.
  private func checkAll(with next: Publication, of show: Show) throws {
    let before = try catalogue.publications()
    // What a command that was killed left there does not wait until the show's files are right.
    try SiteWriter.removeGone(from: folder.publicFolder, besides: before)
    let publications = before.filter { $0.slug != next.slug } + [next]
    let site = try PublicSite(folder, show, publications)
    if next.audience == .everybody { try checkHere(site, of: show) } else { _ = try site.feed() }
    _ = try ShelfWriter(folder, show, publications)
  }

  /// Sound, page and texts go first, whatever else is wrong with the show's files. Of what was withdrawn already, whatever is
  /// left goes: an earlier try may have come to no end.
  /// - Throws: `ProductionError` `.closedWithoutFeed`, `.oldShelf`: it is withdrawn then too.
  /// - Returns: what it is now, and whether it was that before.
  package func withdraw(_ slug: String, at date: Date = Date()) throws -> (publication: Publication, isAgain: Bool) {
    try SiteLock.held(in: folder) {
      let (gone, isAgain) = try catalogue.withdraw(slug, at: date)
      try close(gone, wasPublic: gone.audience == .everybody) { try folder.show() }
      return (gone, isAgain)
    }
  }

  /// What nobody may have any more goes first. A feed that still names what was closed is worse than none: apps ask again
  /// later. One that can be written is, also where the pages of private links can't be.
  private func close(_ publication: Publication, wasPublic: Bool, show: () throws -> Show) throws {
    let publications = try catalogue.publications()
    try SiteWriter.removeGone(from: folder.publicFolder, besides: publications)
    let site = Result { try SiteWriter(folder, PublicSite(folder, show(), publications)).write() }
    if case .failure = site, wasPublic {
      for name in ["feed.xml", "index.html"] { unlink("\(folder.publicFolder)/\(name)") }
    }
    let shelf = Result { try writeShelf(publications, show) }
    try folder.removeUnused(besides: catalogue.digestsInUse)
    if case .failure(let error) = site {
      throw ProductionError.closedWithoutFeed(publication, wasPublic: wasPublic, error)
    }
    if case .failure(let error) = shelf {
      throw ProductionError.oldShelf(ProductionError.closed(publication, wasPublic: wasPublic), error)
    }
  }

  /// Writes the feed and the pages anew, after the show's texts changed.
  /// - Throws: `PublishError` `.refused`: then they stay as they were. `ProductionError` `.oldShelf`: then they are written.
  /// - Returns: the address of the feed, and how many episodes are in it.
  package func refresh() throws -> (address: String, count: Int) {
    let show = try folder.show()
    return try SiteLock.held(in: folder) {
      let publications = try catalogue.publications()
      try SiteWriter.removeGone(from: folder.publicFolder, besides: publications)
      let site = try PublicSite(folder, show, publications)
      try checkHere(site, of: show)
      try SiteWriter(folder, site).write()
      do { try writeShelf(publications) { show } } catch {
        throw ProductionError.oldShelf("the feed and the pages for everybody are written", error)
      }
      return ("\(show.address)/feed.xml", site.sounds.count)
    }
  }

  /// Looks at what the feed would be, and writes nothing.
  /// - Throws: `PublishError` `.refused`, `ProductionError` `.isForTrial`.
  /// - Returns: whether that is what `public/` has.
  package func check() throws -> Bool {
    let show = try folder.show()
    let site = try PublicSite(folder, show, catalogue.publications())
    try check(site, of: show)
    return try FileManager.default.contents(atPath: "\(folder.publicFolder)/feed.xml") == Data(site.feed().xml())
  }

  /// Writes the public site to a folder for another web server. What nobody may have any more goes first, also where the
  /// rest can't be written.
  /// - Parameter target: new, empty, or of an earlier export: what else is in such folders would be removed.
  /// - Returns: how many files it has.
  package func export(to target: String) throws -> Int {
    let show = try folder.show()
    return try SiteLock.held(in: folder) {
      let publications = try catalogue.publications()
      if ExportFolder.isClaimed(target) { try SiteWriter.removeGone(from: target, besides: publications) }
      let site = try PublicSite(folder, show, publications)
      try check(site, of: show)
      try ExportFolder.claim(target)
      return try SiteWriter(folder, site, to: target).write()
    }
  }

  private func check(_ site: PublicSite, of show: Show) throws {
    try checkHere(site, of: show)
    if Gate.isTrial(show) { throw ProductionError.isForTrial(show, in: folder) }
  }

  /// On its own computer, a show may be tried out at an address that no directory would take.
  private func checkHere(_ site: PublicSite, of show: Show) throws {
    try site.gate(isTrial: Gate.isTrial(show)).pass()
  }

  private func writeAll(_ show: Show) throws {
    let publications = try catalogue.publications()
    try SiteWriter(folder, PublicSite(folder, show, publications)).write()
    try writeShelf(publications) { show }
    try folder.removeUnused(besides: catalogue.digestsInUse)
  }

  /// Where it can't be made, it stays as it was, without what is not heard any more.
  private func writeShelf(_ publications: [Publication], _ show: () throws -> Show) throws {
    do { try ShelfWriter(folder, show(), publications).write() } catch {
      // What might stay opens nothing: the server asks the catalogue about each episode.
      try? ShelfWriter.removeGone(from: folder, besides: publications)
      throw error
    }
  }

  /// So that a range that was added after building can't be forgotten.
  private func builtNow(_ episode: Episode, of show: Show) throws -> Build {
    guard let build = try catalogue.build(of: episode.slug) else { throw ProductionError.notBuilt(episode) }
    let recipe = try EpisodeRecipe(episode, of: show, in: folder)
    guard recipe.soundDigest == build.soundDigest else {
      throw ProductionError.changedSinceBuilt(episode, "the recording")
    }
    guard recipe.rangesDigest == build.rangesDigest else {
      throw ProductionError.changedSinceBuilt(episode, "what is to be covered")
    }
    guard recipe.isWhat(build) else {
      throw ProductionError.changedSinceBuilt(episode, "a text, a picture or a setting")
    }
    guard folder.holds(build) else { throw ProductionError.buildIsGone(episode.slug, folder.build(build.digest)) }
    return build
  }
}

extension Publication.Revision {
  fileprivate init(_ build: Build, _ date: Date) {
    self.init(
      number: 1, digest: build.digest, byteCount: build.byteCount, milliseconds: build.milliseconds, published: date)
  }
}
