import PCM

/// Sound as libsndfile decodes it, checked on the way.
final class SndfileSource: SoundSource {
  let format: SoundFormat
  let length: FrameCount?
  private let handle: SndfileHandle
  private let errors: SoundErrors
  private let container: String
  private let allowTruncated: Bool
  private var position = FramePosition.zero
  private var isAtEnd = false

  init(
    _ handle: SndfileHandle, _ description: SoundDescription, errors: SoundErrors, allowTruncated: Bool
  ) {
    (format, length, container) = (description.format, description.length, description.container)
    (self.handle, self.errors, self.allowTruncated) = (handle, errors, allowTruncated)
  }

  func read(into block: inout SampleBlock) throws {
    precondition(block.channels == format.channels)
    var filled = 0
    while filled < block.capacity && !isAtEnd {
      let rest = UnsafeMutableBufferPointer(rebasing: block.room[(filled * format.channels)...])
      let got = handle.read(into: rest)
      filled += got
      isAtEnd = got == 0
    }
    block.setFrameCount(filled)
    try FiniteCheck.check(block, at: position, rate: format.rate, errors)
    position = position + FrameCount(Int64(filled))
    try check()
  }

  func close() { handle.close() }

  private func check() throws(IngestError) {
    if handle.mediumFailed { throw errors.inputOutput(5) }
    let count = position - FramePosition.zero
    if count.value > Limits.longestSeconds * Int64(format.rate.hertz) { throw errors.tooLong() }
    if handle.hasFailed && !allowTruncated {
      throw errors.damaged(container, at: MediaTime(startOf: position, rate: format.rate))
    }
    guard isAtEnd else { return }
    if count == .zero { throw errors.noFrames() }
    if let length, count != length { throw shortfall(length, count) }
  }

  private func shortfall(_ length: FrameCount, _ count: FrameCount) -> IngestError {
    let perSecond = UInt64(format.rate.hertz)
    let (announced, there) = Amount.words(
      Amount(frames: length.value.magnitude, perSecond: perSecond),
      Amount(frames: count.value.magnitude, perSecond: perSecond))
    return errors.truncated(container, announced: announced, there: there)
  }
}

/// No stage behind this one need think of samples that are not numbers.
enum FiniteCheck {
  static func check(
    _ block: borrowing SampleBlock, at position: FramePosition, rate: SampleRate, _ errors: SoundErrors
  ) throws(IngestError) {
    let samples = UnsafeBufferPointer(block.samples)
    guard !Kernels.allFinite(samples) else { return }
    guard let index = samples.firstIndex(where: { !$0.isFinite }) else { return }
    let frame = position + FrameCount(Int64(index / block.channels))
    throw errors.notFinite(at: MediaTime(startOf: frame, rate: rate), channel: index % block.channels)
  }
}
