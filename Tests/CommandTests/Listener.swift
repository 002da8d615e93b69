import Foundation
import TestSupport

/// Somebody with an app of their own, who knows nothing but the address of a feed.
struct Listener {
  enum App: String, CaseIterable, Sendable { case gpodder, newsboat, podget }

  private let app: App
  private let folder: Folder

  init(_ app: App) throws {
    (self.app, folder) = (app, try Folder())
    guard app == .newsboat else { return }
    try folder.write(
      """
      auto-reload no
      podcast-auto-enqueue yes
      max-downloads 9
      download-path \(folder.path)/sounds/

      """, "config")
  }

  /// The app learns what there is, and downloads nothing yet. podget can't do one without the other.
  func subscribe(to feed: String) throws {
    switch app {
    case .gpodder: try run("gpo subscribe \(feed)")
    case .newsboat:
      try folder.write("\(feed)\n", "urls")
      try run("newsboat -u urls -C config -c cache.db -q -x reload")
    case .podget:
      // At first it only writes its settings.
      try folder.write("# none\n", "podget/serverlist")
      try download()
      try folder.write("\(feed) . show\n", "podget/serverlist")
      try download()
    }
  }

  /// What the app knows of since it last looked; podget looks again.
  func download() throws {
    switch app {
    case .gpodder: try run("gpo download")
    case .newsboat: try run(Self.podboat)
    case .podget: try run("podget -d podget -l sounds --dir_session session -s")
    }
  }

  /// It shows its queue on a terminal, and does not quit while something in it is under way.
  private static let podboat = """
    queue=.newsboat/queue
    [ -s $queue ] || exit 0
    mkfifo keys
    script -qec "podboat -a -C config -q $queue" /dev/null <keys >/dev/null & exec 3>keys
    until [ -e sounds ] || ! kill -0 $!; do sleep 0.1; done
    while kill -0 $!; do printf q >&3; sleep 0.2; done
    rm keys
    """

  /// Whether an app says that it went well tells nothing: gpo does so where it got nothing.
  private func run(_ script: String) throws {
    try Tool.run(
      "/usr/bin/env", ["timeout", "60", "bash", "-c", script], in: folder.path,
      environment: [
        "HOME": folder.path, "TERM": "xterm", "GPODDER_HOME": folder.path,
        "GPODDER_DOWNLOAD_DIR": folder.file("sounds"),
      ])
  }

  /// SHA-256 of every MP3 that came to this listener, whole or in part. gpo leaves an empty file where nothing came.
  func digests() throws -> Set<String> {
    let text = String(
      decoding: try folder.run("find", ".", "-name", "*.mp3*", "-size", "+0", "-exec", "sha256sum", "{}", "+"),
      as: UTF8.self)
    return Set(text.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
  }
}
