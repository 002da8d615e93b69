import PCM
import ShowModel

/// Sound files, of every kind that libsndfile 1.2 reads, and those that ffmpeg reads where it is installed.
package enum SoundFile {
  /// Opens the regular file at `path` for one or more passes over its sound.
  ///
  /// Sources of the result read interleaved floats, full scale ±1. 8-, 16- and 24-bit integers come out exactly
  /// (`x / 2^7`, `x / 2^15`, `x / 2^23`), 32-bit integers and 64-bit floats as the nearest float. They throw
  /// ``IngestError`` where a sample is no number, where the sound is damaged, and where less comes than was announced.
  ///
  /// - Throws: ``IngestError`` where there is no such file, where it is not sound, or is cut short, and so on.
  /// - Complexity: reads the headers; MP3 and Ogg files once as a whole, to count what is there.
  package static func open(_ path: String, options: SoundFileOptions = SoundFileOptions()) throws -> OpenedSound {
    let errors = SoundErrors(path: path)
    let file = try InputFile.open(path, errors)
    do {
      return try open(file, options, errors)
    } catch {
      file.close()
      throw error
    }
  }

  /// Counts the frames of `sound` by reading all of it, where its description does not say how many there are.
  /// - Throws: what reading throws.
  package static func countFrames(of sound: OpenedSound) throws -> FrameCount {
    if let length = sound.description.length { return length }
    let source = try sound.makeSource()
    defer { source.close() }
    var block = SampleBlock(channels: source.format.channels)
    var count: Int64 = 0
    repeat {
      try source.read(into: &block)
      count += Int64(block.frameCount)
    } while block.frameCount > 0
    return FrameCount(count)
  }

  private static func open(
    _ file: InputFile, _ options: SoundFileOptions, _ errors: SoundErrors
  ) throws -> OpenedSound {
    guard file.bytes.size > 0 else { throw errors.empty() }
    let container = Container(file.bytes)
    let way = SoundWay(file: file, container: container, options: options, errors: errors)
    switch container {
    case .text: throw errors.text()
    case .audacityProject: throw errors.audacityProject()
    default: break
    }
    let survey = container.survey(file.bytes)
    if let error = survey.error(errors, container: container.name, allowTruncated: options.allowTruncated) {
      throw error
    }
    if container.isForeign || survey.fault == .severalStreams { return try way.openWithFFmpeg() }
    return try way.openWithSndfile(survey)
  }
}

/// One file on its way to being opened.
private struct SoundWay {
  let file: InputFile
  let container: Container
  let options: SoundFileOptions
  let errors: SoundErrors

  func openWithSndfile(_ survey: Survey) throws -> OpenedSound {
    let handle: SndfileHandle
    do {
      handle = try SndfileHandle(survey.view(of: file.bytes))
    } catch .medium {
      throw errors.inputOutput(5)
    } catch {
      return try openAfter(error)
    }
    let description = try describe(handle, survey)
    let (errors, allowTruncated, size) = (errors, options.allowTruncated, file.bytes.size)
    let layout = survey.fault == nil ? survey.layout : nil
    return OpenedSound(
      place: errors.place, description: description, rawLayout: layout,
      mp3Start: survey.fault == nil ? container.mpegStart : nil, mp3Headers: survey.mpegHeaders,
      descriptor: file.descriptor,
      source: SndfileSource(handle, description, errors: errors, allowTruncated: allowTruncated),
      newSource: { descriptor in
        let file = FileBytes(descriptor: descriptor, size: size)
        if let layout { return RawSource(file, layout, container: description.container, errors: errors) }
        let bytes = survey.view(of: file)
        guard let handle = try? SndfileHandle(bytes) else { throw errors.malformed(description.container) }
        return SndfileSource(handle, description, errors: errors, allowTruncated: allowTruncated)
      })
  }

  /// ffmpeg knows more codecs than libsndfile; a damaged header is one for neither.
  private func openAfter(_ refusal: SndfileHandle.Refusal) throws -> OpenedSound {
    let name = container.name
    do {
      return try openWithFFmpeg()
    } catch let error as IngestError where error.code == .needsFFmpeg || error.code == .ffmpegFailed {
      // What is left after the look at a header of the WAVE family is a codec that libsndfile does not take.
      if case .wave = container { throw errors.unsupported(name) }
      throw refusal == .malformed ? errors.malformed(name) : errors.unsupported(name)
    }
  }

  func openWithFFmpeg() throws -> OpenedSound {
    guard let tools = FFmpegTools(searchPath: options.searchPath) else {
      throw container == .unknown ? errors.unknownFormat() : errors.needsFFmpeg(container.name)
    }
    let input = FFmpegInput(
      tools: tools, container: container, errors: errors, allowTruncated: options.allowTruncated)
    let (description, probe, source) = try input.open(file.descriptor)
    return OpenedSound(
      place: errors.place, description: description, rawLayout: nil, descriptor: file.descriptor, source: source,
      newSource: { try input.makeSource($0, expecting: description.format, probe) })
  }

  private func describe(_ handle: SndfileHandle, _ survey: Survey) throws -> SoundDescription {
    let info = handle.info
    let format = try errors.format(hertz: Int(info.samplerate), channels: Int(info.channels))
    let known = SndfileFormat(info.format, container: container)
    var length = survey.frames ?? (info.frames == .max ? nil : FrameCount(info.frames))
    // What a header says of compressed sound that is cut short is no promise.
    if options.allowTruncated, known.encoding == nil, !survey.isCounted { length = nil }
    if let length {
      if length.value > Limits.longestSeconds * Int64(format.rate.hertz) { throw errors.tooLong() }
      if length <= .zero { throw errors.noFrames() }
    }
    return SoundDescription(
      format: format, length: length, encoding: known.encoding, bits: known.bits, container: known.container,
      codec: known.codec, isLossless: known.isLossless)
  }
}
