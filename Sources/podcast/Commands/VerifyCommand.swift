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

      Ends with 0 where nothing was found, with 1 where something is left or the files can't be compared.
      Tags and pictures are not looked at yet.
      """)

  @Argument(help: "The sound as it was.") var original: String
  @Argument(help: "What was made of it, by this or another program.") var redacted: String
  @OptionGroup var list: RangeOptions
  @Flag(help: "Print the findings as JSON.") var json = false
  @Flag(help: "Print nothing but errors.") var quiet = false

  func run() throws {
    let report = try CheckJob.run(original: original, redacted: redacted, ranges: try list.load(for: original))
    if json {
      Terminal.print(String(decoding: try Findings(report).json(), as: UTF8.self))
    } else if !quiet {
      Terminal.print(Self.table(report))
    }
    guard report.isCovered else { throw ExitCode(ExitStatus.failedCheck.rawValue) }
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

  let isCovered: Bool
  let delayFrames: Int64
  let ranges: [Stretch]

  init(_ report: CheckReport) {
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
