import CLinux
import Encode
import Foundation
import Ingest
import PCM
import Redact

/// WAV to WAV of the same sample format: sound that covering does not touch goes from file to file inside the kernel
/// (`copy_file_range(2)`, which shares the blocks where the file system can); what it touches is decoded, covered and
/// encoded. Covered sound is never copied, not even to be overwritten.
struct KernelCopy {
  let input: Int32
  let layout: RawSoundLayout
  let coverer: Coverer
  let inputPath: String
  let output: Int32
  let outputPath: String

  private var frameBytes: Int64 { Int64(layout.encoding.bytesPerSample * layout.format.channels) }

  func run(_ progress: (FrameCount) -> Void) throws {
    let frames = coverer.plan.length
    let header = WAVHeader(layout.encoding, format: layout.format, frames: frames, channelMask: layout.channelMask)
    try header.bytes.withUnsafeBytes { try write($0, at: 0) }
    let start = Int64(header.bytes.count)
    var position = FramePosition.zero
    for zone in coverer.touched + [FrameRange(.zero + frames, .zero + frames)] {
      try copy(FrameRange(position, zone.start), to: start)
      try cover(zone, to: start)
      position = zone.end
      progress(position - .zero)
    }
    if header.padding > 0 { try [UInt8(0)].withUnsafeBytes { try write($0, at: start + frames.value * frameBytes) } }
  }

  private func copy(_ range: FrameRange, to start: Int64) throws {
    var from = Int(layout.dataOffset + range.start.index * frameBytes)
    var to = Int(start + range.start.index * frameBytes)
    var left = range.count.value * frameBytes
    while left > 0 {
      let count = copy_file_range(input, &from, output, &to, Int(min(left, 1 << 30)), 0)
      if count < 0, errno == EINTR { continue }
      if count < 0, [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EBADF].contains(errno) {
        return try copyThroughMemory(from: Int64(from), to: Int64(to), count: left)
      }
      guard count >= 0 else { throw ProductionError.cannotCreate(outputPath, code: errno) }
      guard count > 0 else { throw ProductionError.inputChanged(inputPath) }
      left -= Int64(count)
    }
  }

  private func copyThroughMemory(from: Int64, to: Int64, count: Int64) throws {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { piece.deallocate() }
    var done: Int64 = 0
    while done < count {
      let part = UnsafeMutableRawBufferPointer(rebasing: piece[..<Int(min(Int64(piece.count), count - done))])
      try read(part, at: from + done)
      try write(UnsafeRawBufferPointer(part), at: to + done)
      done += Int64(part.count)
    }
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
      try read(part, at: layout.dataOffset + position.index * frameBytes)
      Kernels.decode(UnsafeRawBufferPointer(part), as: layout.encoding, into: samples)
      coverer.cover(samples, from: position)
      Kernels.encode(UnsafeBufferPointer(samples), as: layout.encoding, dither: nil, into: part)
      try write(UnsafeRawBufferPointer(part), at: start + position.index * frameBytes)
      position = position + FrameCount(frames)
    }
  }

  private func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int64) throws {
    var done = 0
    while done < bytes.count {
      let count = pread(
        input, UnsafeMutableRawBufferPointer(rebasing: bytes[done...]).baseAddress, bytes.count - done,
        off_t(offset) + off_t(done))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ProductionError.cannotRead(inputPath, code: errno) }
      guard count > 0 else { throw ProductionError.inputChanged(inputPath) }
      done += count
    }
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
    var done = 0
    while done < bytes.count {
      let count = pwrite(
        output, UnsafeRawBufferPointer(rebasing: bytes[done...]).baseAddress, bytes.count - done,
        off_t(offset) + off_t(done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ProductionError.cannotCreate(outputPath, code: count < 0 ? errno : ENOSPC) }
      done += count
    }
  }
}
