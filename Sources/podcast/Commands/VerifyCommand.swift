import ArgumentParser
import Foundation
import PCM
import Production
import Redact
import ShowModel

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Ask of anybody's redacted file whether anything of the covered sound is left.",
    discussion: """
      Example:
        podcast verify episode.wav episode.mp3 --ranges episode.ranges.csv

      Says also which kinds of tags, labels and pictures came over from the original, never what they say.
      Ends with 0 where nothing was found, with 1 where something is left or the files can't be compared.
      """)

  @Argument(help: "The sound as it was.") var original: String
  @Argument(help: "What was made of it, by this or another program.") var redacted: String
  @OptionGroup var list: RangeOptions
  @Flag(help: "Compare only the sound, not what the files say of it.") var ignoreTags = false
  @Flag(help: "Print the findings as JSON.") var json = false
  @Flag(help: "Print nothing but errors.") var quiet = false

  func run() throws {
    let result = try CheckJob.run(
      original: original, redacted: redacted, ranges: try list.load(for: original), ignoresTags: ignoreTags)
    if json {
      Terminal.print(String(decoding: try Findings(result).json(), as: UTF8.self))
    } else if !quiet {
      Terminal.print(Self.table(result.sound) + Self.sentences(result.tags))
    }
    guard result.isClean else { throw ExitCode(ExitStatus.failedCheck.rawValue) }
  }

  private static func table(_ report: CheckReport) -> String {
    var rows = [["RANGE", "LEFT OF THE ORIGINAL", "MILLISECONDS", "LEVEL", "CHANNEL"]]
    for stretch in report.stretches {
      let range = "\(short(stretch.time.lowerBound))-\(short(stretch.time.upperBound))"
      if stretch.leaks.isEmpty { rows.append([range, "nothing found", "", "", ""]) }
      for time in stretch.surviving {
        let here = stretch.leaks.filter {
          time.lowerBound <= $0.time.lowerBound && $0.time.upperBound <= time.upperBound
        }
        let loudest = here.map(\.decibels).max() ?? 0
        let channels = Set(here.map(\.redactedChannel)).sorted().map(String.init).joined(separator: "+")
        rows.append([
          range, "\(short(time.lowerBound))-\(short(time.upperBound))",
          String(Int(((time.upperBound - time.lowerBound).seconds * 1_000).rounded())),
          "\(Int(loudest.rounded())) dB", channels,
        ])
      }
    }
    let leaking = report.stretches.filter { !$0.leaks.isEmpty }.count
    return Terminal.table(rows)
      + (leaking == 0
        ? "Nothing of the covered sound was found in \(report.stretches.count) ranges.\n"
        : "NOT COVERED: sound of the original is left in \(leaking) of \(report.stretches.count) ranges.\n")
  }

  private static func sentences(_ tags: TagReport?) -> String {
    guard let tags else { return "" }
    let kinds = tags.cameOver.map(\.rawValue).joined(separator: ", ")
    let found = kinds.isEmpty ? "" : "NOT CLEAN: what the original says besides its sound came over: \(kinds).\n"
    let unread = "NOT CHECKED: what the files say besides their sound could not be read whole.\n"
    if tags.isClean { return "No tag, label or picture of the original was found.\n" }
    return found + (tags.isComplete ? "" : unread)
  }

  private static func short(_ time: MediaTime) -> String {
    MediaTime(milliseconds: (time.nanoseconds + 500_000) / 1_000_000).description
  }
}

/// The report as `--json` prints it; times in seconds.
private struct Findings: Encodable {
  struct Stretch: Encodable {
    let start, end: Double
    let isCovered: Bool
    let surviving: [[Double]]
  }

  struct Tags: Encodable {
    let cameOver: [String]
    let isComplete: Bool
  }

  let isClean, isCovered: Bool
  let delayFrames: Int64
  let ranges: [Stretch]
  /// Left out where they were not looked at.
  let tags: Tags?

  init(_ result: CheckResult) {
    let report = result.sound
    isClean = result.isClean
    tags = result.tags.map { Tags(cameOver: $0.cameOver.map(\.rawValue), isComplete: $0.isComplete) }
    isCovered = report.isCovered
    delayFrames = report.delay.value
    ranges = report.stretches.map { stretch in
      Stretch(
        start: stretch.time.lowerBound.seconds, end: stretch.time.upperBound.seconds, isCovered: stretch.leaks.isEmpty,
        surviving: stretch.surviving.map { [$0.lowerBound.seconds, $0.upperBound.seconds] })
    }
  }

  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
