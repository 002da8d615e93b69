import Foundation

/// Peak memory does not grow with the length of an episode.
enum MemoryBenchmark {
  static func run() throws -> [[String]] {
    var rows = [["peak memory", "a minute", "ten hours", "ten hours / a minute", "goal"]]
    for (name, output, hertz, channels) in [("WAV to WAV", "a.wav", 48_000, 1), ("WAV to MP3", "a.mp3", 16_000, 1)] {
      let peaks = try [60, 36_000].map { try peak(output: output, seconds: $0, hertz: hertz, channels: channels) }
      rows.append([
        "\(name), \(hertz / 1_000) kHz", Figure.mebibytes(peaks[0]), Figure.mebibytes(peaks[1]),
        Figure.ratio(peaks[1] / peaks[0]), "at most 64 MiB, 0.90 to 1.10",
      ])
    }
    return rows
  }

  private static func peak(output: String, seconds: Int, hertz: Int, channels: Int) throws -> Double {
    let folder = try Workspace()
    let input = try folder.episode("in.wav", seconds: seconds, hertz: hertz, channels: channels)
    let list = try folder.list("r.csv", Workspace.ranges(40, seconds: seconds))
    return try Measure.run(
      Workspace.podcast, ["redact", input, "--ranges", list, "-o", folder.fresh(output)]
    ).peak
  }
}
