import Foundation

/// A folder on a tmpfs, so that no disk is measured; gone at the end.
final class Workspace {
  let path: String

  init() throws {
    path = "/dev/shm/podcast-bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  /// A name under which nothing is: freeing what another round left there is no part of what is measured.
  func fresh(_ name: String) -> String {
    unlink(file(name))
    return file(name)
  }

  /// The program that was built with this one.
  static let podcast = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("podcast").path

  private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Samples/042-reseau/episode.wav").standardizedFileURL.path

  /// The sample episode over and over, 48 kHz, 16 bits.
  func episode(_ name: String, seconds: Int, hertz: Int = 48_000, channels: Int = 2) throws -> String {
    let repeats = String(seconds / 60)
    _ = try Measure.run(
      "sox",
      [
        Self.sample, "-r", String(hertz), "-c", String(channels), "-b", "16", file(name), "repeat", repeats, "trim",
        "0",
        String(seconds),
      ])
    return file(name)
  }

  /// `count` ranges of a second or less, evenly spread.
  static func ranges(_ count: Int, seconds: Int) -> [ClosedRange<Double>] {
    let step = Double(seconds) / Double(count)
    return (0..<count).map { index in
      let start = (Double(index) + 0.5) * step
      return start...(start + min(1, step / 4))
    }
  }

  func list(_ name: String, _ ranges: [ClosedRange<Double>]) throws -> String {
    let lines = ranges.map { String(format: "%.3f,%.3f\n", $0.lowerBound, $0.upperBound) }
    try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }
}
