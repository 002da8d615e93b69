import Glibc
import Ingest
import PCM

/// Sound headers: the layout parser, then everything up to the first samples through libsndfile, once strictly and once
/// as `--allow-truncated` does. ffmpeg is left out: it is another process, and has fuzzers of its own.
///
/// A property beside "no trap": a layout agrees with the decoder about frames.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSound(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let layout = RawSoundLayout.parse(bytes)
  if let layout {
    guard layout.dataOffset >= 0, layout.dataLength >= 0, layout.dataOffset + layout.dataLength <= Int64(size) else {
      fatalError("the layout reaches out of the file")
    }
  }
  for allowTruncated in [false, true] {
    let options = SoundFileOptions(allowTruncated: allowTruncated, searchPath: "")
    guard let frames = try? hear(bytes, options) else { continue }
    if let layout, !allowTruncated, layout.frames != frames {
      fatalError("the layout has \(layout.frames.value) frames, the decoder \(frames.value)")
    }
  }
  return 0
}

/// - Returns: the length that the description promises.
private func hear(_ bytes: [UInt8], _ options: SoundFileOptions) throws -> FrameCount? {
  let sound = try SoundFile.open(memory(bytes), options: options)
  defer { sound.close() }
  var block = SampleBlock(channels: sound.source.format.channels)
  for _ in 0..<16 {
    try sound.source.read(into: &block)
    if block.frameCount == 0 { break }
  }
  return sound.description.length
}

/// One file without a name, written anew for each input.
private let file: Int32 = {
  var name = Array("/tmp/sound-fuzzer-XXXXXX".utf8CString)
  let descriptor = mkstemp(&name)
  unlink(name)
  return descriptor
}()

private func memory(_ bytes: [UInt8]) -> String {
  guard file >= 0, ftruncate(file, 0) == 0, pwrite(file, bytes, bytes.count, 0) == bytes.count else {
    fatalError("no temporary file")
  }
  return "/proc/self/fd/\(file)"
}
