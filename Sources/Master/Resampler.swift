import CSoxr
import PCM
import ShowModel

/// Sound at another rate, through libsoxr at its high quality (`SOXR_HQ`): a source around a source.
package final class Resampler: SoundSource {
  package let format: SoundFormat
  package let length: FrameCount?
  private let source: any SoundSource
  private var handle: soxr_t?
  private var input: SampleBlock
  private var taken = 0
  private var isDrained = false
  private var framesLeft: Int64

  /// Gives ⌈n × out ÷ in⌉ frames for n.
  /// - Parameter source: of known length.
  /// - Throws: `MasterError` where libsoxr does not start.
  package init(_ source: any SoundSource, frames: FrameCount, to rate: SampleRate) throws {
    guard let format = SoundFormat(rate: rate, channels: source.format.channels) else {
      throw Self.failed(underlying: nil)
    }
    self.source = source
    self.format = format
    let count = MediaTime.scale(
      frames.value, by: Int64(rate.hertz), over: Int64(source.format.rate.hertz), roundUp: true)
    length = FrameCount(count)
    framesLeft = count
    input = SampleBlock(channels: format.channels)
    var error: soxr_error_t?
    var io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I)
    var quality = soxr_quality_spec(UInt(SOXR_HQ), 0)
    var runtime = soxr_runtime_spec(1)
    handle = soxr_create(
      Double(source.format.rate.hertz), Double(rate.hertz), UInt32(format.channels), &error, &io, &quality, &runtime)
    guard handle != nil, error == nil else { throw Self.failed(underlying: error) }
  }

  deinit { if let handle { soxr_delete(handle) } }

  package func read(into block: inout SampleBlock) throws {
    block.setFrameCount(0)
    let wanted = Int(min(Int64(block.capacity), framesLeft))
    var made = 0
    while made == 0, wanted > 0 {
      if taken == input.frameCount, !isDrained {
        try source.read(into: &input)
        taken = 0
        isDrained = input.frameCount == 0
      }
      var (used, given) = (0, 0)
      let from = isDrained ? nil : input.samples.baseAddress?.advanced(by: taken * format.channels)
      let error = soxr_process(
        handle, from, isDrained ? 0 : input.frameCount - taken, &used, block.room.baseAddress, wanted, &given)
      guard error == nil else { throw Self.failed(underlying: error) }
      taken += used
      made = given
      // What the filter rounded away at the very end is silence.
      if isDrained, given == 0 {
        for index in 0..<(wanted * format.channels) { block.room[index] = 0 }
        made = wanted
      }
    }
    framesLeft -= Int64(made)
    block.setFrameCount(made)
  }

  package func close() {
    if let handle { soxr_delete(handle) }
    handle = nil
    source.close()
  }

  private static func failed(underlying: soxr_error_t?) -> MasterError {
    MasterError(
      .resampling, problem: "the sound can't be brought to the output's rate",
      remedy: "Choose an output that keeps the rate, such as .wav.", exit: .software)
  }
}

extension MasterError.Code {
  package static let resampling = Self(rawValue: "resampling")
}
