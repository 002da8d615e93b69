import PCM
import ShowModel

/// Covered sound: a source around a source. Whatever comes after it never sees what was covered.
package final class CoverSource: SoundSource {
  package var format: SoundFormat { source.format }
  package var length: FrameCount? { coverer.plan.length }

  private let source: any SoundSource
  private let coverer: Coverer
  private var position = FramePosition.zero

  /// - Parameter source: the sound the plan was made for.
  package init(_ source: any SoundSource, coverer: Coverer) {
    precondition(source.format == coverer.plan.format)
    self.source = source
    self.coverer = coverer
  }

  /// - Throws: `RedactError` `.wrongLength` where the sound ends before or after the plan's end: its times would then
  ///   mean other sound than a person heard.
  package func read(into block: inout SampleBlock) throws {
    try source.read(into: &block)
    let end = position + FrameCount(Int64(block.frameCount))
    let announced = FramePosition.zero + coverer.plan.length
    guard end <= announced, block.frameCount > 0 || end == announced else {
      throw RedactError.wrongLength(
        promised: coverer.plan.length, delivered: end - .zero, rate: format.rate)
    }
    coverer.cover(block.samples, from: position)
    position = end
  }

  package func close() { source.close() }
}
