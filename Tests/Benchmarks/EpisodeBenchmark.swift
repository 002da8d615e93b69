import Foundation

/// An hour of 48 kHz 16-bit stereo with 40 ranges.
enum EpisodeBenchmark {
  private static let seconds = 3_600

  static func wav() throws -> [[String]] {
    let folder = try Workspace()
    let input = try folder.episode("in.wav", seconds: seconds)
    let ranges = Workspace.ranges(40, seconds: seconds)
    let list = try folder.list("r.csv", ranges)
    let costs = try Measure.medians([
      { try Measure.run(Workspace.podcast, ["redact", input, "--ranges", list, "-o", folder.fresh("ours.wav")]) },
      { try Measure.run("cp", [input, folder.fresh("copy.wav")]) },
      { try Measure.run("ffmpeg", ["-i", input] + filter(ranges) + [folder.fresh("recipe.wav")]) },
    ])
    return [
      ["WAV to WAV", "wall", "cpu", "ours / theirs", "goal"],
      ["podcast redact", Figure.seconds(costs[0].wall), Figure.seconds(costs[0].cpu), "", ""],
      row("cp", costs[1], costs[0], "at most 1.5"), row("ffmpeg's recipe", costs[2], costs[0], "at most 0.20"),
    ]
  }

  static func mp3() throws -> [[String]] {
    let folder = try Workspace()
    let input = try folder.episode("in.wav", seconds: seconds)
    let ranges = Workspace.ranges(40, seconds: seconds)
    let list = try folder.list("r.csv", ranges)
    // Built already, one range is added, taken away, added again.
    var lists = [list, try folder.list("one-more.csv", ranges + [1_802.0...1_803.0])]
    let costs = try Measure.medians([
      {
        let output = folder.fresh("ours.mp3")
        return try Measure.run(Workspace.podcast, ["redact", input, "--ranges", list, "-o", output, "--cbr", "128"])
      },
      { try Measure.run("lame", ["--quiet", "-q", "4", "--cbr", "-b", "128", input, folder.fresh("theirs.mp3")]) },
      {
        lists.reverse()
        let output = folder.fresh("again.mp3")
        return try Measure.run(
          Workspace.podcast,
          ["redact", input, "--ranges", lists[0], "-o", output, "--cbr", "128", "--cache", folder.file("cache")])
      },
    ])
    return [
      ["WAV to MP3, 128 kb/s", "wall", "cpu", "ours / theirs", "goal"],
      ["podcast redact", Figure.seconds(costs[0].wall), Figure.seconds(costs[0].cpu), "", ""],
      row("lame -q 4, bare", costs[1], costs[0], "wall at most 0.55, cpu 1.05"),
      ["cpu beside lame", "", "", Figure.ratio(costs[0].cpu / costs[1].cpu), ""],
      [
        "one range more", Figure.seconds(costs[2].wall), Figure.seconds(costs[2].cpu),
        Figure.ratio(costs[2].wall / costs[0].wall), "at most 0.05",
      ],
      ["peak memory", Figure.mebibytes(max(costs[0].peak, costs[2].peak)), "", "", "at most 96 MiB"],
    ]
  }

  /// An MP3 covered without decoding it; ffmpeg decodes, mutes and encodes.
  static func inPlace() throws -> [[String]] {
    let folder = try Workspace()
    let input = folder.file("in.mp3")
    let sound = try folder.episode("in.wav", seconds: seconds)
    _ = try Measure.run("lame", ["--quiet", "-q", "7", "--cbr", "-b", "128", sound, input])
    unlink(sound)
    let ranges = Workspace.ranges(40, seconds: seconds)
    let list = try folder.list("r.csv", ranges)
    let mute = ["-af", "volume=enable='\(gate(ranges))':volume=0", "-b:a", "128k"]
    let ours = {
      let output = folder.fresh("ours.mp3")
      return try Measure.run(
        Workspace.podcast, ["redact", input, "--ranges", list, "-o", output, "--in-place", "always"])
    }
    // Apart: behind ffmpeg's minute, the one that comes next finds nothing in the processor's caches.
    let near = try Measure.medians(rounds: 15, [ours, { try Measure.run("cp", [input, folder.fresh("copy.mp3")]) }])
    let far = try Measure.medians(
      rounds: 3, [ours, { try Measure.run("ffmpeg", ["-i", input] + mute + [folder.fresh("recipe.mp3")]) }])
    return [
      ["MP3 to MP3 in place", "wall", "cpu", "ours / theirs", "goal"],
      ["podcast redact", Figure.seconds(near[0].wall), Figure.seconds(near[0].cpu), "", ""],
      row("cp", near[1], near[0], "at most 5"), row("ffmpeg muting", far[1], far[0], "at most 0.01"),
      ["peak memory", Figure.mebibytes(max(near[0].peak, far[0].peak)), "", "", "at most 96 MiB"],
    ]
  }

  private static func row(_ name: String, _ theirs: Cost, _ ours: Cost, _ goal: String) -> [String] {
    [name, Figure.seconds(theirs.wall), Figure.seconds(theirs.cpu), Figure.ratio(ours.wall / theirs.wall), goal]
  }

  /// What forums recommend: mute the speech, and mix in a tone that is muted elsewhere.
  private static func filter(_ ranges: [ClosedRange<Double>]) -> [String] {
    let times = gate(ranges)
    let graph =
      "[0]volume=enable='\(times)':volume=0[speech];sine=frequency=1000:sample_rate=48000,"
      + "volume=enable='not(\(times))':volume=0,pan=stereo|c0=c0|c1=c0[tone];[speech][tone]amix=duration=first[out]"
    return ["-filter_complex", graph, "-map", "[out]"]
  }

  private static func gate(_ ranges: [ClosedRange<Double>]) -> String {
    ranges.map { "between(t,\($0.lowerBound),\($0.upperBound))" }.joined(separator: "+")
  }
}
