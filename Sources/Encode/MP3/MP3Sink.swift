import MPEG
import PCM

/// An MP3 file: ID3v2 tag, Xing/LAME frame, MP3 frames. Encodes on several cores; how many makes no difference to the
/// bytes.
package final class MP3Sink: SoundSink {
  private let settings: MP3Settings
  private let format: SoundFormat
  private let partition: Partition
  private let lowpass: Int
  private let encoding: PartEncoding
  private var writer: DescriptorWriter
  private let infoOffset: Int64
  private let infoHeader: FrameHeader
  private var stream: FrameStream
  private var table = SeekTable()
  private var musicCRC: UInt16 = 0

  /// Sound from ``start`` on that is not encoded yet, interleaved.
  private var held: [Float] = []
  /// How many of ``held`` are sound; there is room for more.
  private var heldCount = 0
  private var start = 0
  private var part = 0

  /// - Parameters:
  ///   - size: of the parts; nil for the usual one.
  ///   - cache: of encoded parts; nil to encode all of them.
  ///   - descriptor: an empty, seekable file that the caller owns.
  package init(
    _ settings: MP3Settings, format: SoundFormat, tags: Tags, threads: Int, size: PartSize? = nil,
    cache: PartCache? = nil, descriptor: Int32
  ) throws {
    (self.settings, self.format) = (settings, format)
    let probe = try MP3Probe(settings, format: format)
    let soundFrames = probe.header.soundFrames
    partition = Partition(soundFrames: soundFrames, size: size ?? .usual(soundFrames: soundFrames))
    lowpass = probe.lowpass
    infoHeader = try InfoFrame.header(like: probe.header)
    encoding = PartEncoding(
      settings, format: format, partition: partition, threads: threads, cache: cache)
    stream = FrameStream(like: probe.header, isConstant: settings.isConstant(for: format))
    writer = DescriptorWriter(descriptor)
    let tag = try tags.id3v2()
    infoOffset = Int64(tag.count)
    try writer.write(tag)
    try writer.write([UInt8](repeating: 0, count: infoHeader.frameLength))
  }

  /// LAME takes samples past full scale as they are and distorts them its own way: they are clamped first.
  package func write(_ block: borrowing SampleBlock) throws {
    let (samples, before) = (UnsafeBufferPointer(block.samples), heldCount)
    makeRoom(before + samples.count)
    held.withUnsafeMutableBufferPointer { held in
      if let room = held.baseAddress { FullScale.clamp(samples, into: room + before) }
    }
    heldCount += samples.count
    let whole = partition.size.length
    while partition.sound(of: part, count: whole).upperBound <= end { try cut(count: whole) }
  }

  package func finish() throws {
    let length = end
    let total = partition.frameCount(length)
    let whole = partition.size.length
    while part * whole < total {
      let count = min(whole, total - part * whole)
      let silence = max(0, partition.sound(of: part, count: count).upperBound - end)
      let before = heldCount
      makeRoom(before + silence * format.channels)
      heldCount += silence * format.channels
      for index in before..<heldCount { held[index] = 0 }
      try cut(count: count)
    }
    while !encoding.isEmpty { try takeNext() }
    try stream.append(encoding.last(of: total), isLast: true) { try put($0) }
    try stream.finish { try put($0) }
    try writer.flush()
    let info = InfoFrame(
      settings: settings, format: format, lowpass: lowpass, padding: partition.padding(length), musicCRC: musicCRC)
    try writer.overwrite(info.bytes(infoHeader, table), at: infoOffset)
  }

  package func abandon() { encoding.abandon() }

  /// Parts that the encoder of the part before had to encode, which takes its time.
  package var partsTakenOver: Int { encoding.takenOver }

  private var end: Int { start + heldCount / format.channels }

  /// Once for all of a part: its room is used again for later ones.
  private func makeRoom(_ count: Int) {
    guard held.count < count else { return }
    let whole = partition.sound(of: 1, count: partition.size.length).count
    let most = max(count, (whole + SampleBlock.usualCapacity) * format.channels)
    var room = [Float](repeating: 0, count: most)
    if !held.isEmpty { room.replaceSubrange(0..<held.count, with: held) }
    held = room
  }

  /// Has the next part encoded, and lets go of what no later part needs.
  private func cut(count: Int) throws {
    let sound = partition.sound(of: part, count: count)
    let next = min(partition.sound(of: part + 1, count: 0).lowerBound, end)
    let later = Array(held[((next - start) * format.channels)..<heldCount])
    let count = (sound.upperBound - start) * format.channels
    // Handed over, not copied: a part is most of the memory that there is.
    encoding.add(held, count: count, first: start / partition.soundFrames)
    held = []
    // Waits before the next part is read, not behind it: reading keeps a core at work as well.
    if encoding.isFull { try takeNext() }
    held = encoding.room()
    makeRoom(later.count)
    held.replaceSubrange(0..<later.count, with: later)
    heldCount = later.count
    start = next
    part += 1
  }

  private func takeNext() throws {
    try stream.append(encoding.next(), isLast: false) { try put($0) }
  }

  private func put(_ frame: [UInt8]) throws {
    table.add(frame.count)
    musicCRC = CRC16.lame(frame, after: musicCRC)
    try writer.write(frame)
  }
}
