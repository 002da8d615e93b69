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
        podcast ranges episode.ranges.csv --to cue > marks.wav
      """)

  @Argument(help: "A list of ranges; - for standard input.") var file: String

  @Option(help: ArgumentHelp("Convert to; labels go along.", valueName: "format"))
  var to: RangeFormat?

  @Option(help: ArgumentHelp("Video frames a second, for CMX 3600.", valueName: "rate"))
  var fps: VideoRate?

  @Option(help: ArgumentHelp("Frames a second that cue points are counted in.", valueName: "hertz"))
  var rate = SampleRate.usual

  @Flag(help: "Show labels and notes as well, on a terminal alone.") var showLabels = false

  func validate() throws {
    if showLabels, !Terminal.outputIsTerminal {
      throw ValidationError("--show-labels shows names: it works on a terminal only, not in a pipe or file.")
    }
    if to == .cue, Terminal.outputIsTerminal {
      throw ValidationError("Cue points are not text. Send them to a file: podcast ranges … --to cue > marks.wav")
    }
  }

  func run() throws {
    let options = RangeFileOptions(videoRate: fps, cueRate: rate)
    let (ranges, format) = try RangeFile.read(path: file, options: options)
    if let to { return Terminal.print(bytes: try RangeFile.write(ranges, as: to, options: options)) }
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

extension SampleRate: ExpressibleByArgument {
  public init?(argument: String) {
    guard let hertz = Int(argument) else { return nil }
    self.init(hertz: hertz)
  }

  public var defaultValueDescription: String { String(hertz) }
}
