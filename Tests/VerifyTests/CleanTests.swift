import Foundation
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

@Suite struct CleanTests {
  /// 60 cases always, 500 where there is time.
  private static let cases = Soak.isOn ? 500 : 60

  @Test("what redact makes passes, whatever the sound, the fill, the format and the delay", arguments: 0..<4)
  func noFalseAlarm(shard: Int) throws {
    let folder = try Folder()
    for seed in stride(from: shard, to: Self.cases, by: 4) {
      let one = try CleanCase(seed: seed, isQuick: !Soak.isOn)
      let result = try check(one, in: folder)
      #expect(result?.isClean == true, "case \(seed): \(one.name) \(Leaks.description(result))")
    }
  }

  private func check(_ one: CleanCase, in folder: Folder) throws -> CheckResult? {
    do {
      return try one.check(in: folder)
    } catch let error as RedactError where error.code == .cannotCompare {
      return nil
    }
  }

  @Test("every output of redact passes for the sample episode; without time, two of them", arguments: [false, true])
  func episode(isExact: Bool) throws {
    let folder = try Folder()
    let ranges = try RangeFile.read(path: Sound.folder + "episode.ranges.csv").ranges
    for output in Soak.isOn ? CleanCase.outputs : CleanCase.outputs.filter({ $0.ending == "mp3" }).suffix(2) {
      var request = RedactionRequest(input: Sound.episode, ranges: ranges, outputs: [folder.file("o." + output.ending)])
      if isExact { request.settings = .exact() }
      (request.mp3, request.replacesOutputs) = (output.mp3, true)
      _ = try RedactionJob.run(request)
      let result = try CheckJob.run(original: Sound.episode, redacted: request.outputs[0], ranges: ranges)
      #expect(result.isClean, "\(output.name) \(Leaks.description(result))")
    }
  }
}

enum Soak {
  static let isOn = ProcessInfo.processInfo.environment["PODCAST_SOAK"] != nil
}

enum Leaks {
  /// For a test's message.
  static func description(_ result: CheckResult?) -> String {
    guard let result else { return "can't be compared" }
    let leaks = result.sound.stretches.flatMap(\.leaks).map { leak in
      let milliseconds = [leak.time.lowerBound, leak.time.upperBound].map { Int($0.seconds * 1_000) }
      return "\(milliseconds[0])-\(milliseconds[1]) ms r \(leak.correlation) \(leak.decibels) dB"
    }
    return (leaks + (result.tags?.cameOver.map(\.rawValue) ?? [])).joined(separator: "; ")
  }

  /// In milliseconds, range by range.
  static func places(_ result: CheckResult) -> String {
    result.sound.stretches.map { stretch in
      let places = stretch.surviving.map { time in
        "\(Int(time.lowerBound.seconds * 1_000))-\(Int(time.upperBound.seconds * 1_000))"
      }
      return places.joined(separator: ",")
    }.joined(separator: " / ")
  }
}
