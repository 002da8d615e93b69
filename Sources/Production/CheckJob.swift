import Ingest
import Master
import PCM
import Redact
import ShowModel

/// What was found of an original in what somebody made of it.
package struct CheckResult: Hashable, Sendable {
  package let sound: CheckReport
  /// nil where tags were not to be looked at.
  package let tags: TagReport?

  package var isClean: Bool { sound.isCovered && tags?.isClean != false }
}

/// Opens an original and what somebody made of it, and has them compared.
package enum CheckJob {
  /// - Parameter ignoresTags: whether only the sound is compared.
  /// - Throws: the first `ExplainedError`: also where the two can't be compared, which is never a pass.
  package static func run(
    original: String, redacted: String, ranges: [RedactionRange], ignoresTags: Bool = false
  ) throws -> CheckResult {
    let one = try SoundFile.open(original)
    defer { one.close() }
    let two = try SoundFile.open(redacted, options: SoundFileOptions(allowTruncated: true))
    defer { two.close() }
    let sound = try compare(one, two, ranges)
    let tags = ignoresTags ? nil : TagCheck(two.readTags()).report(on: one.readTags())
    return CheckResult(sound: sound, tags: tags)
  }

  private static func compare(
    _ one: OpenedSound, _ two: OpenedSound, _ ranges: [RedactionRange]
  ) throws -> CheckReport {
    let length = try one.description.length ?? SoundFile.countFrames(of: one)
    let rate = one.description.format.rate
    let check = try Check(ranges, format: one.description.format, length: length)
    let otherLength = try two.description.length ?? SoundFile.countFrames(of: two)
    return try check.run(
      original: one.makeSource,
      redacted: {
        let source = try two.makeSource()
        return source.format.rate == rate ? source : try Resampler(source, frames: otherLength, to: rate)
      })
  }
}
