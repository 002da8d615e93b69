import ArgumentParser
import Dispatch
import Foundation
import PCM
import Production
import ShowFolder
import ShowModel
import Synchronization

struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Cover and encode the episodes whose files changed.",
    discussion: """
      Example:
        podcast build 042-reseau

      Without an episode, all of them. Nothing is published by this: listen first.
      """)

  @Argument(help: ArgumentHelp("Names of folders in episodes.", valueName: "episode")) var episodes: [String] = []
  @OptionGroup var options: ShowOptions
  @Flag(help: "Print errors only.") var quiet = false

  func run() throws {
    let folder = try options.folder()
    let builder = try ShowBuilder(folder, options.catalogue())
    let slugs = try episodes.isEmpty ? folder.episodes().map(\.slug) : episodes.map { try folder.episode($0).slug }
    guard !slugs.isEmpty else {
      return Terminal.message("There is no episode yet: make a folder in episodes with an episode.yaml in it.")
    }
    let bar = Progress(count: slugs.count, isShown: !quiet)
    let results = Mutex<[Int: Result<ShowBuilder.Outcome, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: slugs.count) { index in
      let result = Result { try builder.build(slugs[index]) { bar.update(index, $0) } }
      results.withLock { $0[index] = result }
    }
    bar.finish()
    try report(slugs, in: folder, results.withLock { $0 })
  }

  private func report(
    _ slugs: [String], in folder: ShowFolder, _ results: [Int: Result<ShowBuilder.Outcome, any Error>]
  ) throws {
    var failures: [any Error] = []
    for (index, slug) in slugs.enumerated() {
      switch results[index] {
      case .success(.made(let build)):
        if !quiet {
          Terminal.message(
            "\(slug): built, \(Self.size(build)). Listen before you publish: \(folder.build(build.digest))")
        }
      case .success(.asBefore(let build)):
        if !quiet { Terminal.message("\(slug): nothing has changed. To listen to it: \(folder.build(build.digest))") }
      case .failure(let error):
        failures.append(error)
        if let error = error as? any ExplainedError { Terminal.error(error) } else { throw error }
      case nil: break
      }
    }
    guard let first = failures.first as? any ExplainedError else { return }
    if slugs.count > 1 { Terminal.message("podcast: \(failures.count) of \(slugs.count) episodes were not built.") }
    throw ExitCode(first.exit.rawValue)
  }

  private static func size(_ build: Build) -> String {
    let time = MediaTime(milliseconds: build.milliseconds)
    return "\(time), \(String(format: "%.1f", Double(build.byteCount) / 1e6)) MB"
  }
}

/// One bar for several episodes at once.
private final class Progress: Sendable {
  private struct State {
    var fractions: [Double]
    let bar: ProgressBar
  }

  private let state: Mutex<State>

  init(count: Int, isShown: Bool) {
    state = Mutex(State(fractions: [Double](repeating: 0, count: count), bar: ProgressBar(isShown: isShown)))
  }

  func update(_ index: Int, _ fraction: Double) {
    state.withLock { state in
      state.fractions[index] = fraction
      state.bar.update(state.fractions.reduce(0, +) / Double(state.fractions.count))
    }
  }

  func finish() { state.withLock { $0.bar.finish() } }
}
