import Foundation
import Ingest
import PCM
import Testing

/// A folder of its own for one test, removed at its end, and the tools to fill it.
final class Bench {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("ingest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.path + "/" + name }

  @discardableResult
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

  /// Runs a tool in this folder; its standard output is what comes back.
  @discardableResult
  func run(_ tool: String, _ arguments: any Words...) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments.flatMap(\.words)
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(tool) \(arguments)")
    return bytes
  }
}

/// One argument or several.
protocol Words { var words: [String] { get } }
extension String: Words { var words: [String] { [self] } }
extension [String]: Words { var words: [String] { self } }

enum Tools {
  /// In CI every tool must be there; elsewhere tests that need one are skipped by name.
  static func here(_ names: String...) -> Bool {
    if ProcessInfo.processInfo.environment["CI"] != nil { return true }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return names.allSatisfy { name in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
  }
}

/// Everything of a sound, for comparing.
struct Heard {
  let description: SoundDescription
  let layout: RawSoundLayout?
  let samples: [Float]

  var frames: Int { samples.count / description.format.channels }

  init(_ path: String, allowTruncated: Bool = false, searchPath: String? = nil) throws {
    let sound = try SoundFile.open(
      path, options: SoundFileOptions(allowTruncated: allowTruncated, searchPath: searchPath))
    defer { sound.close() }
    description = sound.description
    layout = sound.rawLayout
    samples = try Heard.samples(of: sound.source)
  }

  static func samples(of source: any SoundSource, capacity: Int = 1_000) throws -> [Float] {
    var block = SampleBlock(channels: source.format.channels, capacity: capacity)
    var all: [Float] = []
    repeat {
      try source.read(into: &block)
      all += block.samples
    } while block.frameCount > 0
    return all
  }
}

/// The code of the error that opening and reading `path` ends with; nil where all is well.
func refusal(_ path: String, allowTruncated: Bool = false, searchPath: String? = nil) -> IngestError.Code? {
  do {
    _ = try Heard(path, allowTruncated: allowTruncated, searchPath: searchPath)
    return nil
  } catch let error as IngestError {
    return error.code
  } catch {
    return IngestError.Code(rawValue: "\(error)")
  }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
