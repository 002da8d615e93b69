import Foundation
import TestSupport

/// The program itself, as the build made it, in a folder of its own with something to work on.
final class Command {
  /// What a list says of people: none of it may be seen anywhere.
  static let secrets = ["Delphine", "Marchetti", "SECRET-NOTE"]
  static let list =
    "start,end,fill,reason,label,note\n0.4,0.9,bip,name,Delphine,SECRET-NOTE\n1.5,1.8,,voice,Marchetti,\n"

  /// The build puts the program beside the tests.
  static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("podcast").path

  let folder: Folder
  private(set) var written: [UInt8] = []

  /// `in.wav` and `r.csv` are there.
  init() throws {
    folder = try Folder()
    try folder.write(Wave.noise(seconds: 2), "in.wav")
    try folder.write(Self.list, "r.csv")
  }

  func start(_ arguments: [String], environment: [String: String] = [:], input: [UInt8] = []) throws -> Tool {
    let fixed = ["COLUMNS": "100", "NO_COLOR": "1"]
    return try Tool(
      Self.program, arguments, in: folder.path, environment: fixed.merging(environment) { $1 }, input: input)
  }

  /// Runs the program; remembers all that it says.
  @discardableResult
  func run(_ arguments: String..., environment: [String: String] = [:], input: [UInt8] = []) throws -> Ended {
    let ended = try start(arguments, environment: environment, input: input).wait()
    written += ended.output + ended.errors
    return ended
  }

  /// Runs a shell script in a mount namespace of its own; `$podcast` is the program.
  func runMounting(_ script: String) throws -> Ended {
    let kinds = getuid() == 0 ? ["--mount"] : ["--map-root-user", "--mount"]
    return try Tool.run(
      "/usr/bin/env", ["unshare"] + kinds + ["bash", "-ec", script], in: folder.path,
      environment: ["podcast": Self.program])
  }

  func data(_ name: String) throws -> [UInt8] { try folder.read(name) }

  /// Every byte of every file but those that were there at first, and all that was said.
  func everything() throws -> [UInt8] {
    let names = folder.names.filter { !["in.wav", "r.csv"].contains($0) }
    return try names.reduce(written) { try $0 + data($1) }
  }

  static func holdsSecret(_ bytes: [UInt8]) -> Bool {
    let data = Data(bytes)
    return secrets.contains { data.range(of: Data($0.utf8)) != nil || data.range(of: wide($0)) != nil }
  }

  /// As ID3 has it: UTF-16.
  private static func wide(_ text: String) -> Data { Data(text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }) }
}

enum Privileges {
  /// In CI a namespace must be had; elsewhere tests that need one are skipped by name.
  static let canMount: Bool = {
    if Tools.isCI { return true }
    let kinds = getuid() == 0 ? ["--mount"] : ["--map-root-user", "--mount"]
    return (try? Tool.run("/usr/bin/env", ["unshare"] + kinds + ["true"]))?.status == 0
  }()
}

/// WAV files of 16 bits, made of seeded noise.
enum Wave {
  #if DEBUG
    static let secondsOfWork = 12
  #else
    static let secondsOfWork = 180
  #endif

  /// Stereo that takes a few seconds to encode.
  static func long(times: Int = 1) -> [UInt8] { noise(seconds: times * secondsOfWork, rate: 48_000, channels: 2) }

  static func noise(seconds: Int, rate: Int = 16_000, channels: Int = 1, seed: UInt64 = 1) -> [UInt8] {
    var seeded = Seeded(seed)
    let words = (0..<(seconds * rate * channels / 4)).map { _ in (seeded.next() & 0x9fff_9fff_9fff_9fff).littleEndian }
    let samples = words.withUnsafeBytes { Array($0) }
    return header(dataBytes: samples.count, rate: rate, channels: channels) + samples
  }

  static func header(dataBytes: Int, rate: Int, channels: Int) -> [UInt8] {
    func little(_ value: Int, _ bytes: Int) -> [UInt8] {
      (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let format =
      [1, channels].flatMap { little($0, 2) } + little(rate, 4) + little(rate * channels * 2, 4)
      + little(channels * 2, 2) + little(16, 2)
    return Array("RIFF".utf8) + little(dataBytes + 36, 4) + Array("WAVEfmt ".utf8) + little(16, 4) + format
      + Array("data".utf8) + little(dataBytes, 4)
  }
}
