import ArgumentParser
import Dispatch
import Encode
import Foundation
import Ingest
import PCM
import Production
import Redact
import ShowModel
import Synchronization

struct RedactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact", abstract: "Cover ranges of an episode, and write an episode that can be published.",
    discussion: """
      Example:
        podcast redact episode.wav --ranges episode.ranges.csv -o episode.mp3 --picture episode.svg

      Without -o, episode.wav becomes episode.redacted.mp3 beside it.
      """)

  @Argument(help: ArgumentHelp("Sound files.", valueName: "input"))
  var inputs: [String]

  @OptionGroup var list: RangeOptions

  @Option(
    name: .shortAndLong, help: "Where to; the ending says the format: mp3, wav, flac, ogg, opus. Several are allowed.")
  var output: [String] = []

  @OptionGroup(title: "Covering") var cover: CoverOptions
  @OptionGroup(title: "MP3 and tags") var encoding: EncodingOptions

  @Option(help: ArgumentHelp("A waveform of the covered sound, as SVG.", valueName: "file"))
  var picture: String?

  @Option(help: ArgumentHelp("A receipt without names: what was covered, when and why.", valueName: "file"))
  var receipt: String?

  @Flag(help: "Only show what would be covered.") var dryRun = false
  @Flag(help: "Print the receipt as JSON instead of the table.") var json = false
  @Flag(help: "Print errors only.") var quiet = false
  @Flag(help: "Replace outputs that are there already.") var force = false
  @Flag(help: "Show labels and notes as well, on a terminal alone.") var showLabels = false
  @Flag(help: "Take a recording that ends too early.") var allowTruncated = false

  func validate() throws {
    if inputs.count > 1 {
      if let range = inputs.first(where: RangeOptions.isRange) {
        throw ValidationError("\(range) stands where an input should: write --range in front of each range.")
      }
      guard output.isEmpty, picture == nil, receipt == nil, !json else {
        throw ValidationError("With several inputs, leave out -o, --picture, --receipt and --json.")
      }
      guard list.ranges.allSatisfy(RangeOptions.isFolder) else {
        throw ValidationError("With several inputs, --ranges names a folder with a list for each of them.")
      }
      guard list.range.isEmpty else {
        throw ValidationError("With several inputs, leave out --range: it would cover the same moment in all of them.")
      }
      try checkApart()
    }
    if json, dryRun { throw ValidationError("--json prints a receipt, and --dry-run covers nothing: leave one out.") }
    if showLabels, !Terminal.outputIsTerminal {
      throw ValidationError("--show-labels shows names: it works on a terminal only, not in a pipe or file.")
    }
  }

  /// One would replace the other where that is forced.
  private func checkApart() throws {
    let outputs = Dictionary(grouping: inputs) { input in
      URL(fileURLWithPath: RedactionRequest.defaultOutput(for: input)).standardizedFileURL.path
    }
    guard let same = outputs.values.filter({ $0.count > 1 }).min(by: { $0[0] < $1[0] }) else { return }
    throw ValidationError(
      "\(same[0]) and \(same[1]) would both become \(RedactionRequest.defaultOutput(for: same[0])). "
        + "Cover them one by one, with -o.")
  }

  func run() throws {
    let protected = self.protected
    if inputs.count == 1 { return try redact(inputs[0], protected, bar: ProgressBar(isShown: !quiet)) }
    let failures = Mutex<[Int: any Error]>([:])
    DispatchQueue.concurrentPerform(iterations: inputs.count) { index in
      do { try redact(inputs[index], protected, bar: ProgressBar(isShown: false)) } catch {
        failures.withLock { $0[index] = error }
      }
    }
    let failed = failures.withLock { $0 }.sorted { $0.key < $1.key }
    for (index, error) in failed {
      if let error = error as? any ExplainedError {
        Terminal.error(error)
      } else {
        Terminal.message("podcast: \(inputs[index]): \(error)")
      }
    }
    guard failed.isEmpty else {
      Terminal.message("podcast: \(failed.count) of \(inputs.count) inputs failed.")
      throw ExitCode((failed.first?.value as? any ExplainedError)?.exit.rawValue ?? ExitStatus.software.rawValue)
    }
  }

  /// No output of one input may replace another input, or what says what to cover.
  private var protected: [FileIdentity] {
    (inputs + [encoding.artwork, encoding.chapters].compactMap { $0 }).compactMap { FileIdentity(path: $0) }
      + list.identities(for: inputs)
  }

  private func redact(_ input: String, _ protected: [FileIdentity], bar: ProgressBar) throws {
    var request = RedactionRequest(
      input: input, ranges: try list.load(for: input),
      outputs: output.isEmpty ? [RedactionRequest.defaultOutput(for: input)] : output)
    request.settings = cover.settings
    request.picture = picture
    request.receipt = receipt
    request.protected = protected
    request.tags = try encoding.tags
    request.mp3 = encoding.mp3
    request.cache = encoding.cache
    request.inPlace = encoding.inPlace
    request.guardBand = cover.guard.time
    request.replacesOutputs = force
    request.allowsTruncated = allowTruncated
    request.wantsReceipt = json
    request.isDryRun = dryRun
    defer { bar.finish() }
    let result = try RedactionJob.run(request, progress: bar.update)
    bar.finish()
    if json, let receipt = result.receipt { return Terminal.print(String(decoding: try receipt.json(), as: UTF8.self)) }
    guard !quiet else { return }
    Terminal.print(CoverTable.text(result.plan, title: inputs.count > 1 ? input : nil, showsLabels: showLabels))
    switch result.inPlace {
    case .replaced(let replaced, let count):
      Terminal.message("Replaced \(replaced) of \(count) MP3 frames; all others are as they were.")
    case .encoded(let reason): Terminal.message("Decoded and encoded again: \(reason).")
    case nil: break
    }
    for path in result.written { Terminal.message("Wrote \(path)") }
  }
}

/// How much to cover around what is marked.
struct CoverOptions: ParsableArguments {
  @Option(help: "What is heard instead: bip, silence or noise.") var fill = Fill.bip
  @Option(help: ArgumentHelp("Covered in addition on each side.", valueName: "seconds")) var pad = Seconds(
    milliseconds: 100)
  @Option(help: ArgumentHelp("No cover is shorter.", valueName: "seconds")) var shortest = Seconds(milliseconds: 500)
  @Option(help: ArgumentHelp("Covers that are nearer become one.", valueName: "seconds")) var join = Seconds(
    milliseconds: 300)
  @Option(
    help: ArgumentHelp(
      "Covered in addition where the recording is MP3 or the like, which smears sound.", valueName: "seconds"))
  var `guard` = Seconds(milliseconds: 0)
  @Flag(help: "Cover what is marked and no more: no pad, no shortest, no joining.") var exact = false

  var settings: CoverSettings {
    exact ? .exact(fill: fill) : CoverSettings(pad: pad.time, shortest: shortest.time, join: join.time, fill: fill)
  }
}

/// What the output is like, and what it says of itself.
struct EncodingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("MP3: kbit/s, always the same. Default 64 for mono, 128 for stereo.", valueName: "kbit/s"))
  var cbr: Int?
  @Option(help: ArgumentHelp("MP3: kbit/s on average.", valueName: "kbit/s")) var abr: Int?
  @Option(help: ArgumentHelp("MP3: variable, from 0 (best) to 9 (smallest).", valueName: "quality")) var vbr: Int?
  @Flag(help: "MP3: one channel.") var mono = false
  @Option(
    help: ArgumentHelp(
      "MP3 to MP3 by replacing MP3 frames, all others untouched: always, auto or never.", valueName: "when"))
  var inPlace = InPlaceMode.auto
  @Option(
    help: ArgumentHelp(
      "MP3: keeps encoded parts of the covered sound here, so that covering the same episode again takes moments.",
      valueName: "folder"))
  var cache: String?
  @Option(help: "Tag.") var title: String?
  @Option(help: "Tag.") var artist: String?
  @Option(help: "Tag.") var album: String?
  @Option(help: "Tag: 2026, 2026-11 or 2026-11-24.") var date: String?
  @Option(help: "Tag.") var comment: String?
  @Option(help: ArgumentHelp("MP3: a JPEG or PNG picture, without what it says of itself.", valueName: "file"))
  var artwork: String?
  @Option(
    help: ArgumentHelp(
      "MP3: chapters, from Podlove Simple Chapters, Podcasting 2.0 JSON or lines of a time and a title.",
      valueName: "file"))
  var chapters: String?

  func validate() throws {
    guard [cbr, abr, vbr].compactMap({ $0 }).count <= 1 else {
      throw ValidationError("Choose one of --cbr, --abr, --vbr.")
    }
    let known = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 192, 224, 256, 320]
    if let cbr, !known.contains(cbr) {
      throw ValidationError("MP3 knows no \(cbr) kbit/s. It knows \(known.map(String.init).joined(separator: ", ")).")
    }
    if let abr, !(8...320).contains(abr) { throw ValidationError("--abr is from 8 to 320.") }
    if let vbr, !(0...9).contains(vbr) { throw ValidationError("--vbr is from 0 to 9.") }
  }

  var mp3: MP3Settings {
    let rate =
      cbr.map(MP3Settings.Rate.constant) ?? abr.map(MP3Settings.Rate.average) ?? vbr.map(MP3Settings.Rate.variable)
    return MP3Settings(rate: rate, isMono: mono)
  }

  var tags: Tags {
    get throws {
      var tags = Tags(
        title: title, artist: artist, album: album, date: date, comment: comment,
        artwork: try artwork.map { try Artwork(path: $0) })
      tags.chapters = try chapters.map { try ChapterFile.read(path: $0) } ?? []
      return tags
    }
  }
}

/// Up to an hour, as somebody types it.
struct Seconds: ExpressibleByArgument, CustomStringConvertible {
  let time: MediaTime

  init(milliseconds: Int64) { time = MediaTime(milliseconds: milliseconds) }

  init?(argument: String) {
    guard let seconds = Double(argument.replacingOccurrences(of: ",", with: ".")), seconds <= 3_600,
      let time = MediaTime(seconds: seconds)
    else { return nil }
    self.time = time
  }

  var description: String { String(time.seconds) }
  var defaultValueDescription: String { description }
}

extension Fill: ExpressibleByArgument {}
extension InPlaceMode: ExpressibleByArgument {}
