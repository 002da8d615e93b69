import Encode
import Foundation
import Ingest
import Master
import PCM
import Redact
import ShowModel

/// Covers one input into all its outputs: every output whole and covered, or none.
package struct RedactionJob {
  private let request: RedactionRequest
  private let sound: OpenedSound
  private let identity: FileIdentity
  private let plan: RedactionPlan
  private let coverer: Coverer
  private let cache: PartCache?
  private let progress: (Double) -> Void

  /// - Parameter progress: told, now and then, which part of the work is done, from 0 to 1.
  /// - Throws: the first `ExplainedError`; nothing is written then.
  package static func run(
    _ request: RedactionRequest, progress: @escaping (Double) -> Void = { _ in }
  ) throws -> RedactionResult {
    let options = SoundFileOptions(allowTruncated: request.allowsTruncated)
    let sound = try SoundFile.open(request.input, options: options)
    defer { sound.close() }
    let length = try sound.description.length ?? SoundFile.countFrames(of: sound)
    return try RedactionJob(request, sound, length, progress).run()
  }

  private init(
    _ request: RedactionRequest, _ sound: OpenedSound, _ length: FrameCount, _ progress: @escaping (Double) -> Void
  ) throws {
    var request = request
    request.tags.chapters = try ChapterFile.fit(
      request.tags.chapters, to: length.time(at: sound.description.format.rate))
    self.request = request
    self.sound = sound
    self.progress = progress
    guard let identity = FileIdentity(descriptor: sound.descriptor) else {
      throw ProductionError.cannotRead(request.input, code: errno)
    }
    self.identity = identity
    var settings = request.settings
    if !sound.description.isLossless { settings.pad = settings.pad + request.guardBand }
    plan = try RedactionPlan(
      request.ranges, settings: settings, format: sound.description.format, length: length,
      mayBeEmpty: request.mayCoverNothing)
    coverer = Coverer(plan)
    cache = request.cache.map { PartCache(folder: "\($0)/\((request.input as NSString).lastPathComponent)") }
  }

  private func run() throws -> RedactionResult {
    if request.isDryRun { return RedactionResult(plan: plan, inPlace: nil, receipt: nil, written: []) }
    let formats = try request.outputs.map { path in
      try OutputFormat(
        ending: (path as NSString).pathExtension, keeping: sound.description.keptEncoding, mp3: request.mp3)
    }
    try request.tags.check(for: formats)
    try checkCache()
    let outputs = try zip(request.outputs, formats).map { Output(file: try file($0), format: $1) }
    let picture = try request.picture.map(file)
    let receiptFile = try request.receipt.map(file)
    let files = outputs.map(\.file) + [picture, receiptFile].compactMap { $0 }
    try checkApart(files)
    let inPlace = try write(outputs)
    if let picture { try draw(picture) }
    guard FileIdentity(descriptor: sound.descriptor) == identity else {
      throw ProductionError.inputChanged(request.input)
    }
    let receipt = request.wantsReceipt || receiptFile != nil ? try receipt(of: outputs) : nil
    if let receiptFile, let receipt { try Self.fill(receiptFile, with: receipt.json()) }
    try Self.publish(files)
    cache?.removeUnused()
    return RedactionResult(plan: plan, inPlace: inPlace, receipt: receipt, written: files.map(\.path))
  }

  private func file(_ path: String) throws -> OutputFile {
    try OutputFile(path: path, replacing: request.replacesOutputs, inputs: [identity] + request.protected)
  }

  /// All, or none: where one does not get its name, those that have theirs lose it.
  private static func publish(_ files: [OutputFile]) throws {
    for file in files { try file.flush() }
    do {
      for file in files { try file.publish() }
    } catch {
      for file in files { file.withdraw() }
      throw error
    }
  }

  /// A cache that can't be written would do nothing, and nobody would know.
  private func checkCache() throws {
    guard let cache else { return }
    if let code = cache.whyUnusable() { throw ProductionError.cannotKeep(cache.folder, code: code) }
  }

  private func checkApart(_ files: [OutputFile]) throws {
    let paths = files.map { URL(fileURLWithPath: $0.path).standardizedFileURL.path }
    guard Set(paths).count < paths.count else { return }
    throw ProductionError(
      .outputExists, problem: "two outputs have the same name", remedy: "Give each a name of its own.", exit: .usage)
  }

  // MARK: Sound

  private func write(_ outputs: [Output]) throws -> InPlaceOutcome? {
    var streamed: [Output] = []
    var inPlace: InPlaceOutcome?
    for output in outputs {
      if let layout = sound.rawLayout, output.format == .wav(layout.encoding) {
        try copy(layout, to: output)
        continue
      }
      if case .mp3(let settings) = output.format {
        inPlace = try InPlaceCover(request: request, sound: sound, plan: plan)
          .write(to: output.file, settings: settings, files: files(to: output))
      }
      if case .replaced = inPlace, case .mp3 = output.format { continue }
      streamed.append(output)
    }
    for group in Dictionary(grouping: streamed, by: shape).sorted(by: { $0.key.description < $1.key.description }) {
      try stream(to: group.value, shape: group.key)
    }
    return inPlace
  }

  private func copy(_ layout: RawSoundLayout, to output: Output) throws {
    // Only these can hold what is no number, and only a pass over all of them finds it.
    if [.float32, .float64].contains(layout.encoding) { try eachBlock(of: coveredSource()) { _ in } }
    try KernelCopy(files: files(to: output), layout: layout, coverer: coverer).run {
      progress(fraction($0, of: plan.length))
    }
  }

  private func files(to output: Output) -> FileCopy {
    FileCopy(
      input: sound.descriptor, inputPath: request.input, output: output.file.descriptor, outputPath: output.file.path)
  }

  private func shape(of output: Output) -> SoundFormat {
    let rate = output.format.rate(for: plan.format.rate)
    return SoundFormat(rate: rate, channels: min(output.format.mostChannels, plan.format.channels)) ?? plan.format
  }

  private func stream(to outputs: [Output], shape: SoundFormat) throws {
    var source: any SoundSource = try coveredSource()
    if shape.channels < plan.format.channels,
      let mixed = SoundFormat(rate: plan.format.rate, channels: shape.channels)
    {
      source = Downmix(source, format: mixed)
    }
    var frames = plan.length
    if shape.rate != plan.format.rate {
      let resampler = try Resampler(source, frames: plan.length, to: shape.rate)
      frames = resampler.length ?? plan.length
      source = resampler
    }
    let sinks = try outputs.map { output in
      try Encoder.open(
        output.format, sound: shape, frames: frames, tags: request.tags,
        dither: sound.description.bits > output.format.precision, cache: cache, descriptor: output.file.descriptor)
    }
    defer { sinks.forEach { $0.abandon() } }
    var done = FrameCount.zero
    try eachBlock(of: source) { block in
      for sink in sinks { try sink.write(block) }
      done = done + FrameCount(Int64(block.frameCount))
      progress(fraction(done, of: frames))
    }
    for sink in sinks { try sink.finish() }
  }

  private func coveredSource() throws -> CoverSource { CoverSource(try sound.makeSource(), coverer: coverer) }

  private func eachBlock(of source: any SoundSource, _ body: (borrowing SampleBlock) throws -> Void) throws {
    defer { source.close() }
    var block = SampleBlock(channels: source.format.channels)
    while true {
      try source.read(into: &block)
      guard block.frameCount > 0 else { return }
      try body(block)
    }
  }

  private func fraction(_ done: FrameCount, of all: FrameCount) -> Double {
    Double(done.value) / Double(max(1, all.value))
  }

  // MARK: What comes with it

  private func draw(_ file: OutputFile) throws {
    var picture = WaveformPicture(plan)
    try eachBlock(of: coveredSource()) { picture.add($0) }
    try Self.fill(file, with: Data(picture.svg().utf8))
  }

  private func receipt(of outputs: [Output]) throws -> Receipt {
    Receipt(
      version: podcastVersion, plan: plan,
      inputSHA256: try FileDigest.sha256(ofDescriptor: sound.descriptor, path: request.input),
      rangesSHA256: FileDigest.sha256(Receipt.canonicalRanges(request.ranges)),
      outputs: try outputs.map { output in
        Receipt.Output(
          format: output.format.name, bytes: Int64(lseek(output.file.descriptor, 0, SEEK_END)),
          sha256: try FileDigest.sha256(ofDescriptor: output.file.descriptor, path: output.file.path))
      })
  }

  private static func fill(_ file: OutputFile, with data: Data) throws {
    do {
      try FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: false).write(contentsOf: data)
    } catch {
      throw ProductionError.cannotCreate(file.path, code: errno == 0 ? EIO : errno)
    }
  }
}

private struct Output {
  let file: OutputFile
  let format: OutputFormat
}

extension SoundDescription {
  /// How samples are written that must lose nothing: as they were, or wide enough where they were packed.
  fileprivate var keptEncoding: SampleEncoding? {
    guard encoding == nil, isLossless else { return encoding }
    return bits <= 16 ? .int16 : bits <= 24 ? .int24 : .int32
  }
}

extension SoundFormat {
  fileprivate var description: String { "\(rate.hertz) \(channels)" }
}
