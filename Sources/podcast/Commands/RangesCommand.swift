import ArgumentParser
import Foundation
import PCM
import Redact
import ShowModel

struct RangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ranges", abstract: "Check a list of ranges, show it, or convert it.",
    discussion: """
      Examples:
        podcast ranges episode.ranges.csv
        podcast ranges labels.txt --to csv > episode.ranges.csv
      """)

  @Argument(help: "A list of ranges; - for standard input.") var file: String

  @Option(help: "Convert to: audacity, csv, audition, reaper, srt, vtt, edl, cmx, json. Labels are converted as well.")
  var to: RangeFormat?

  @Option(help: ArgumentHelp("Video frames a second, for CMX 3600.", valueName: "rate"))
  var fps: VideoRate?

  @Flag(help: "Show labels and notes as well, on a terminal alone.") var showLabels = false

  func validate() throws {
    if showLabels, !Terminal.outputIsTerminal {
      throw ValidationError("--show-labels shows names: it works on a terminal only, not in a pipe or file.")
    }
  }

  func run() throws {
    let options = RangeFileOptions(videoRate: fps)
    let (ranges, format) = try RangeFile.read(path: file, options: options)
    if let to { return Terminal.print(try RangeFile.write(ranges, as: to, options: options)) }
    var rows = [["START", "END", "SECONDS", "FILL", "REASON"] + (showLabels ? ["LABEL"] : [])]
    for range in ranges {
      let length = range.time.upperBound - range.time.lowerBound
      var row = [
        range.time.lowerBound.description, range.time.upperBound.description, length.decimalSeconds,
        range.fill?.rawValue ?? "-", range.reason?.rawValue ?? "-",
      ]
      if showLabels {
        row.append(
          [range.label, range.note].compactMap { $0.map { CoverTable.visible($0.revealed) } }.joined(separator: "; "))
      }
      rows.append(row)
    }
    Terminal.print(Terminal.table(rows))
    Terminal.message("\(ranges.count) ranges, read as \(format.rawValue).")
  }
}

extension RangeFormat: ExpressibleByArgument {}
