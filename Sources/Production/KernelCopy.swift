import Encode
import Ingest
import PCM
import Redact

/// WAV to WAV of the same sample format: sound that covering does not touch goes from file to file inside the kernel;
/// what it touches is decoded, covered and encoded. Covered sound is never copied, not even to be overwritten.
struct KernelCopy {
  let files: FileCopy
  let layout: RawSoundLayout
  let coverer: Coverer

  private var frameBytes: Int64 { Int64(layout.encoding.bytesPerSample * layout.format.channels) }

  func run(_ progress: (FrameCount) -> Void) throws {
    let frames = coverer.plan.length
    let header = WAVHeader(layout.encoding, format: layout.format, frames: frames, channelMask: layout.channelMask)
    try header.bytes.withUnsafeBytes { try files.write($0, at: 0) }
    let start = Int64(header.bytes.count)
    var position = FramePosition.zero
    for zone in coverer.touched + [FrameRange(.zero + frames, .zero + frames)] {
      try copy(FrameRange(position, zone.start), to: start)
      try cover(zone, to: start)
      position = zone.end
      progress(position - .zero)
    }
    if header.padding > 0 {
      try [UInt8(0)].withUnsafeBytes { try files.write($0, at: start + frames.value * frameBytes) }
    }
  }

  private func copy(_ range: FrameRange, to start: Int64) throws {
    try files.copy(
      from: layout.dataOffset + range.start.index * frameBytes, to: start + range.start.index * frameBytes,
      count: range.count.value * frameBytes)
  }

  private func cover(_ zone: FrameRange, to start: Int64) throws {
    let channels = layout.format.channels
    let block = SampleBlock(channels: channels)
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: block.capacity * Int(frameBytes), alignment: 64)
    defer { bytes.deallocate() }
    var position = zone.start
    while position < zone.end {
      let frames = min(Int64(block.capacity), (zone.end - position).value)
      let part = UnsafeMutableRawBufferPointer(rebasing: bytes[..<Int(frames * frameBytes)])
      let samples = UnsafeMutableBufferPointer(rebasing: block.room[..<(Int(frames) * channels)])
      try files.read(part, at: layout.dataOffset + position.index * frameBytes)
      Kernels.decode(UnsafeRawBufferPointer(part), as: layout.encoding, into: samples)
      coverer.cover(samples, from: position)
      Kernels.encode(UnsafeBufferPointer(samples), as: layout.encoding, dither: nil, into: part)
      try files.write(UnsafeRawBufferPointer(part), at: start + position.index * frameBytes)
      position = position + FrameCount(frames)
    }
  }
}
