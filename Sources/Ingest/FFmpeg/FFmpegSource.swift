import Glibc
import PCM

/// Sound that ffmpeg decodes into a pipe.
///
/// ffmpeg ends with status 0 on many a file that is cut short. So whatever it complains of counts as damage, and so does
/// sound that is shorter than the file announces.
final class FFmpegSource: SoundSource {
  let format: SoundFormat
  let length: FrameCount? = nil
  private let child: ChildProcess
  private let errors: SoundErrors
  private let container: String
  private let duration: Double?
  private let allowTruncated: Bool
  private var position = FramePosition.zero
  private var isAtEnd = false

  /// Reads the header that ffmpeg writes first.
  init(
    _ child: ChildProcess, errors: SoundErrors, container: String, duration: Double?, allowTruncated: Bool
  ) throws(IngestError) {
    (self.child, self.errors, self.container) = (child, errors, container)
    (self.duration, self.allowTruncated) = (duration, allowTruncated)
    do {
      let header = try Self.header(child, errors, container)
      format = try errors.format(hertz: header.hertz, channels: header.channels)
    } catch {
      child.stop()
      throw error
    }
  }

  func read(into block: inout SampleBlock) throws {
    precondition(block.channels == format.channels)
    let frameBytes = format.channels * MemoryLayout<Float>.size
    var filled = 0
    if !isAtEnd {
      filled = try child.fill(UnsafeMutableRawBufferPointer(block.room), errors)
      isAtEnd = filled < block.room.count * MemoryLayout<Float>.size
    }
    guard filled % frameBytes == 0 || allowTruncated else { throw failed("its output ends within a sample") }
    block.setFrameCount(filled / frameBytes)
    let samples = block.samples
    for index in 0..<samples.count { samples[index] = Float(bitPattern: samples[index].bitPattern.byteSwapped) }
    try FiniteCheck.check(block, at: position, rate: format.rate, errors)
    position = position + FrameCount(Int64(block.frameCount))
    if position.index > Limits.longestSeconds * Int64(format.rate.hertz) { throw errors.tooLong() }
    if isAtEnd { try checkEnd() }
  }

  func close() { child.stop() }

  private func checkEnd() throws(IngestError) {
    let ending = child.finish()
    if case .killed(let signal) = ending { throw failed("it was ended by signal \(signal)") }
    if position == .zero { throw ending == .exited(0) ? errors.noFrames() : failed("there is no sound to be had") }
    guard !allowTruncated else { return }
    if case .exited(let status) = ending, status != 0 { throw failed("it ended with status \(status)") }
    let seconds = Double(position.index) / Double(format.rate.hertz)
    if let duration, seconds + Limits.ffmpegShortfallSeconds < duration {
      throw errors.truncated(
        container, announced: SoundErrors.clock(MediaTime(seconds: duration) ?? .longest) + " of sound",
        there: SoundErrors.clock((position - FramePosition.zero).time(at: format.rate)))
    }
    if child.complaintBytes > 0 { throw errors.damagedForFFmpeg(container) }
  }

  private func failed(_ how: String) -> IngestError { errors.ffmpegFailed(container, how) }

  /// The header of AU: magic, offset of the samples, their length, encoding 6 (32-bit float), rate, channels; six
  /// big-endian words.
  private static func header(
    _ child: ChildProcess, _ errors: SoundErrors, _ container: String
  ) throws(IngestError) -> (hertz: Int, channels: Int) {
    func take(_ count: Int) throws(IngestError) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: count)
      let got = try child.fill(&bytes, errors)
      guard got == count else {
        throw errors.ffmpegFailed(container, "there is no sound to be had; the file may be damaged or cut short")
      }
      return bytes
    }
    let words = try take(24)
    let word = { Int(words.integer(UInt32.self, at: $0, bigEndian: true) ?? 0) }
    guard words.starts(with: ".snd"), word(12) == 6, (24...Limits.pipeHeaderBytes).contains(word(4)) else {
      throw errors.ffmpegFailed(container, "its answer makes no sense")
    }
    if word(4) > 24 { _ = try take(word(4) - 24) }
    return (word(16), word(20))
  }
}

extension ChildProcess {
  /// - Returns: how many bytes came; fewer than there is room for only at the end.
  func fill(_ room: UnsafeMutableRawBufferPointer, _ errors: SoundErrors) throws(IngestError) -> Int {
    var filled = 0
    while filled < room.count {
      do {
        let got = try read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
        if got == 0 { break }
        filled += got
      } catch {
        throw errors.inputOutput(error.number)
      }
    }
    return filled
  }

  func fill(_ bytes: inout [UInt8], _ errors: SoundErrors) throws(IngestError) -> Int {
    let result = bytes.withUnsafeMutableBytes { room -> Result<Int, IngestError> in
      Result { () throws(IngestError) in try fill(room, errors) }
    }
    return try result.get()
  }
}
