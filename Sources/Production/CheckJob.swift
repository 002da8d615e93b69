import Ingest
import Master
import PCM
import Redact
import ShowModel

/// Opens an original and what somebody made of it, and has them compared.
package enum CheckJob {
  /// - Throws: the first `ExplainedError`: also where the two can't be compared, which is never a pass.
  package static func run(original: String, redacted: String, ranges: [RedactionRange]) throws -> CheckReport {
    let one = try SoundFile.open(original)
    defer { one.close() }
    let two = try SoundFile.open(redacted, options: SoundFileOptions(allowTruncated: true))
    defer { two.close() }
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
