import PCM

/// Uncompressed samples read from where they stand, in a file about which nothing is out of the ordinary: what libsndfile
/// makes of them, several times as fast.
final class RawSource: SoundSource {
  let format: SoundFormat
  private let bytes: FileBytes
  private let layout: RawSoundLayout
  private let container: String
  private let errors: SoundErrors
  private let room: UnsafeMutableRawBufferPointer
  private var position = FramePosition.zero

  init(_ bytes: FileBytes, _ layout: RawSoundLayout, container: String, errors: SoundErrors) {
    (format, self.bytes, self.layout) = (layout.format, bytes, layout)
    (self.container, self.errors) = (container, errors)
    room = .allocate(
      byteCount: SampleBlock.usualCapacity * layout.encoding.bytesPerSample * layout.format.channels, alignment: 64)
  }

  deinit { room.deallocate() }

  var length: FrameCount? { layout.frames }

  func read(into block: inout SampleBlock) throws {
    precondition(block.channels == format.channels)
    let perFrame = layout.encoding.bytesPerSample * format.channels
    let rest = Int(layout.frames.value - position.index)
    let count = min(block.capacity, SampleBlock.usualCapacity, rest)
    block.setFrameCount(count)
    guard count > 0 else { return }
    let piece = UnsafeMutableRawBufferPointer(rebasing: room[..<(count * perFrame)])
    let got = bytes.read(into: piece, at: layout.dataOffset + position.index * Int64(perFrame))
    if got < 0 { throw errors.inputOutput(5) }
    guard got == piece.count else {
      throw errors.damaged(container, at: MediaTime(startOf: position, rate: format.rate))
    }
    Kernels.decode(UnsafeRawBufferPointer(piece), as: layout.encoding, into: block.samples)
    if [.float32, .float64].contains(layout.encoding) {
      try FiniteCheck.check(block, at: position, rate: format.rate, errors)
    }
    position = position + FrameCount(Int64(count))
  }

  func close() {}
}
