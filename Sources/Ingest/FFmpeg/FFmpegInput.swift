import PCM

/// A file that only ffmpeg reads.
struct FFmpegInput {
  let tools: FFmpegTools
  let container: Container
  let errors: SoundErrors
  let allowTruncated: Bool

  /// Asks ffprobe what it is, and starts the first pass.
  func open(_ descriptor: Int32) throws -> (SoundDescription, FFmpegProbe, any SoundSource) {
    guard let probe = try probe(descriptor) else { throw errors.noSound(container.name) }
    let format = try errors.format(hertz: probe.hertz, channels: probe.channels)
    if let duration = probe.duration, duration > Double(Limits.longestSeconds) { throw errors.tooLong() }
    let source = try makeSource(descriptor, expecting: nil, probe)
    // What comes out of the pipe counts: ffprobe may take the rate of AAC's core for that of the sound.
    let found = source.format == format ? format : source.format
    let description = SoundDescription(
      format: found, length: nil, encoding: nil, bits: probe.bits, container: containerName, codec: probe.codec,
      isLossless: probe.isLossless)
    return (description, probe, source)
  }

  /// - Parameter format: what the first pass had, which every other must have too.
  func makeSource(_ descriptor: Int32, expecting format: SoundFormat?, _ probe: FFmpegProbe) throws -> any SoundSource {
    let source = try FFmpegSource(
      start(tools.ffmpeg, FFmpegTools.decodeArguments(probe.timeline), descriptor), errors: errors,
      container: containerName,
      duration: probe.duration, allowTruncated: allowTruncated)
    guard format == nil || format == source.format else {
      source.close()
      throw errors.damaged(containerName)
    }
    return source
  }

  private var containerName: String { container == .unknown ? "unknown format" : container.name }

  private func start(_ program: String, _ arguments: [String], _ descriptor: Int32) throws(IngestError) -> ChildProcess
  {
    do {
      return try ChildProcess(program, arguments, input: descriptor)
    } catch {
      throw errors.ffmpegFailed(containerName, "it could not be started (system error \(error.number))")
    }
  }

  /// - Returns: nil where there is no sound track.
  private func probe(_ descriptor: Int32) throws(IngestError) -> FFmpegProbe? {
    let child = try start(tools.ffprobe, FFmpegTools.probeArguments, descriptor)
    defer { child.stop() }
    var text = [UInt8](repeating: 0, count: Limits.probeBytes)
    let count = try child.fill(&text, errors)
    text.removeSubrange(count...)
    guard text.count < Limits.probeBytes, child.finish() == .exited(0) else {
      throw container == .unknown
        ? errors.unknownFormat() : errors.ffmpegFailed(containerName, "it is damaged, cut short, or not what it seems")
    }
    return FFmpegProbe(String(decoding: text, as: UTF8.self))
  }
}
