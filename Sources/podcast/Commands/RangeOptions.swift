import ArgumentParser
import Foundation
import PCM
import Production
import Redact
import ShowModel

/// Where ranges come from, for every command that takes them.
struct RangeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A list of ranges, - for standard input, or a folder with a list for each input.", valueName: "file"))
  var ranges: [String] = []

  @Option(help: ArgumentHelp("One range, such as 1:02.5-1:03.1.", valueName: "start-end"))
  var range: [String] = []

  @Option(help: ArgumentHelp("Video frames a second, for CMX 3600 lists.", valueName: "rate"))
  var fps: VideoRate?

  var fileOptions: RangeFileOptions { RangeFileOptions(videoRate: fps) }

  func validate() throws {
    guard !ranges.isEmpty || !range.isEmpty else {
      throw ValidationError("Say what to cover, with --ranges FILE or --range START-END.")
    }
  }

  /// All ranges that are meant for `input`.
  func load(for input: String) throws -> [RedactionRange] {
    let lists = try ranges.flatMap { path in
      try RangeFile.read(path: Self.isFolder(path) ? list(in: path, for: input) : path, options: fileOptions).ranges
    }
    return try lists + range.map(RangeFile.parseArgument)
  }

  /// The lists that are read for `inputs`, whatever they are called and however they come. Those that are not there are
  /// an error elsewhere.
  func identities(for inputs: [String]) -> [FileIdentity] {
    ranges.flatMap { path in
      if path == "-" { return [FileIdentity(descriptor: STDIN_FILENO)] }
      guard Self.isFolder(path) else { return [FileIdentity(path: path)] }
      return inputs.map { input in (try? list(in: path, for: input)).flatMap { FileIdentity(path: $0) } }
    }.compactMap { $0 }
  }

  /// Whether this reads as a range, and is no file.
  static func isRange(_ text: String) -> Bool {
    (try? RangeFile.parseArgument(text)) != nil && !FileManager.default.fileExists(atPath: text)
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// `FOLDER/<stem>.*`, of which there must be one.
  private func list(in folder: String, for input: String) throws -> String {
    let stem = ((input as NSString).lastPathComponent as NSString).deletingPathExtension
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let found = names.filter { !$0.hasPrefix(".") && ($0 as NSString).deletingPathExtension == stem }.sorted()
    guard found.count == 1 else {
      throw RedactError(
        .unreadable, at: Place(file: input),
        problem: found.isEmpty
          ? "there is no list of ranges for it in \(folder)"
          : "there are \(found.count) lists of ranges for it in \(folder)",
        remedy: "Have exactly one file there that is named like the sound.", exit: .noInput)
    }
    return (folder as NSString).appendingPathComponent(found[0])
  }
}

extension VideoRate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
