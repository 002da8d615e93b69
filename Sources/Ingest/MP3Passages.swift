import MPEG
import PCM

/// Decodes passages of an MP3 file without what is between: each as a stream of its own, from a few MP3 frames in front
/// of it on.
package struct MP3Passages: Sendable {
  private let bytes: FileBytes
  /// Where the MP3 frames begin, all of them of one rate and number of channels; the end of the last one behind them.
  private let offsets: [Int64]
  /// Frames of sound that a decoder makes and leaves out before the first.
  private let skipped: Int64
  private let sound: SoundDescription
  private let length: FrameCount
  private let errors: SoundErrors

  /// Main data begins at most so many bytes before its MP3 frame, counted without what is no slot: header, checksum and
  /// side information take 38 at the most (ISO/IEC 11172-3, 2.4.1.7).
  private static let reservoir: Int64 = 511
  private static let mostHead: Int64 = 38
  /// Granules whose sound reaches into the next: one that overlaps, 512 taps of the filter bank, and one to spare.
  private static let overlapping = 3

  /// - Parameters:
  ///   - descriptor: of the file, which the caller owns and keeps open.
  ///   - offsets: where its MP3 frames begin, without one that holds a tag, and where the last one ends.
  ///   - skipped: frames of sound that a decoder makes of the first MP3 frames and leaves out.
  ///   - sound: what it is, with its length.
  package init(_ descriptor: Int32, offsets: [Int64], skipped: Int, like sound: OpenedSound, length: FrameCount) {
    bytes = FileBytes(descriptor: descriptor, size: offsets.last ?? 0)
    (self.offsets, self.skipped) = (offsets, Int64(skipped))
    (self.sound, self.length, errors) = (sound.description, length, SoundErrors(path: sound.place.file))
  }

  /// MP3 frames that hold the same, of which one is decoded for all: to begin anew behind fewer takes as long.
  private static let worthwhile = 8

  /// - Returns: one plane a channel, silent where `range` reaches past an end.
  /// - Throws: ``IngestError`` where less comes than there should be.
  package func read(_ range: FrameRange) throws -> [[Float]] {
    let there = range.intersection(FrameRange(.zero, .zero + length))
    var planes = [[Float]](
      repeating: [Float](repeating: 0, count: Int(range.count.value)), count: sound.format.channels)
    guard !there.isEmpty else { return planes }
    guard let header else { throw damaged(there) }
    for part in parts(of: there, header) {
      let (samples, before) = try decode(part.decoded, header)
      for channel in planes.indices {
        planes[channel].withUnsafeMutableBufferPointer { plane in
          guard let first = plane.baseAddress else { return }
          lay(part, samples, from: before, channel, header, into: first + Int((part.wanted.start - range.start).value))
        }
      }
    }
    return planes
  }

  /// What is decoded at once. Behind it its last MP3 frame sounds again and again, up to the end of what is wanted.
  private struct Part {
    let decoded, wanted: FrameRange
  }

  /// - Parameter range: not empty, within the sound.
  private func parts(of range: FrameRange, _ header: MPEGHeader) -> [Part] {
    let perFrame = FrameCount(Int64(header.samples))
    var parts: [Part] = [], from = range.start
    for run in alike(range, header) {
      // The first of them that sounds like the one before, unless what is wanted begins behind it.
      let first = max(
        start(of: run.lowerBound + Self.overlapping(header), header),
        start(of: index(of: from, header), header) + perFrame)
      let end = min(range.end, start(of: run.upperBound, header))
      guard (end - first).value >= Int64(Self.worthwhile * header.samples) else { continue }
      parts.append(Part(decoded: FrameRange(min(from, first - perFrame), first), wanted: FrameRange(from, end)))
      from = end
    }
    let rest = FrameRange(from, range.end)
    return rest.isEmpty ? parts : parts + [Part(decoded: rest, wanted: rest)]
  }

  /// MP3 frames that hold the same as the one before.
  private func alike(_ range: FrameRange, _ header: MPEGHeader) -> [Range<Int>] {
    guard let like = FrameHeader(bytes.bytes(at: offsets[0], count: FrameHeader.byteCount)) else { return [] }
    let (needed, last) = (needed(for: index(of: range.start, header), header), last(for: range, header))
    let first = needed.lowerBound
    let passage = bytes.bytes(at: offsets[first], count: Int(offsets[max(first, last)] - offsets[first]))
    return passage.withUnsafeBytes { EqualFrames(like: like).runs(in: $0) }
      .map { (first + $0.lowerBound)..<(first + $0.upperBound) }
  }

  /// Of the MP3 frame that a decoder makes a frame of sound of.
  private func index(of position: FramePosition, _ header: MPEGHeader) -> Int {
    Int((position.index + skipped) / Int64(header.samples))
  }

  /// Of the sound of MP3 frame `index`.
  private func start(of index: Int, _ header: MPEGHeader) -> FramePosition {
    FramePosition(Int64(index) * Int64(header.samples) - skipped)
  }

  /// - Parameters:
  ///   - samples: of what is decoded of `part`, interleaved, and of `before` frames in front of it.
  ///   - plane: of `channel`, from where `part` is wanted on.
  private func lay(
    _ part: Part, _ samples: [Float], from before: Int, _ channel: Int, _ header: MPEGHeader,
    into plane: UnsafeMutablePointer<Float>
  ) {
    let channels = sound.format.channels
    samples.withUnsafeBufferPointer { samples in
      guard let first = samples.baseAddress.map({ $0 + channel }) else { return }
      let all = samples.count / channels
      var from = before + Int((part.wanted.start - part.decoded.start).value)
      let wanted = Int(part.wanted.count.value)
      var done = 0
      while done < wanted {
        let count = min(wanted - done, all - from)
        Self.pick(count, every: channels, from: first + from * channels, into: plane + done)
        (done, from) = (done + count, all - header.samples)
      }
    }
  }

  /// Where all that ``read(_:)`` needs for `range` ends.
  package func end(of range: FrameRange) -> Int64 { header.map { offsets[last(for: range, $0)] } ?? 0 }

  private static func pick(
    _ count: Int, every step: Int, from first: UnsafePointer<Float>, into plane: UnsafeMutablePointer<Float>
  ) {
    // A distance that is known makes several at once.
    if step == 2 { return pick(count, from: first, into: plane) { $0 &* 2 } }
    pick(count, from: first, into: plane) { $0 &* step }
  }

  @inline(__always) private static func pick(
    _ count: Int, from first: UnsafePointer<Float>, into plane: UnsafeMutablePointer<Float>, _ place: (Int) -> Int
  ) {
    var frame = 0
    while frame < count {
      plane[frame] = first[place(frame)]
      frame &+= 1
    }
  }

  /// - Parameter range: not empty, within the sound and what a decoder leaves out before it.
  /// - Returns: it, interleaved, and how many frames are in front of it.
  private func decode(_ range: FrameRange, _ header: MPEGHeader) throws -> (samples: [Float], before: Int) {
    let needed = needed(for: index(of: range.start, header), header)
    let before = Int((range.start - start(of: needed.lowerBound, header)).value)
    let wanted = before + Int(range.count.value)
    guard needed.upperBound < offsets.count - 1,
      let handle = try? open(needed, upTo: max(needed.upperBound, last(for: range, header)), header)
    else { throw damaged(range) }
    defer { handle.close() }
    let channels = sound.format.channels
    var filled = 0
    let samples = [Float](unsafeUninitializedCapacity: wanted * channels) { room, count in
      while filled < wanted {
        let got = handle.read(into: UnsafeMutableBufferPointer(rebasing: room[(filled * channels)...]))
        if got == 0 { break }
        filled += got
      }
      count = filled * channels
    }
    guard filled == wanted, !handle.hasFailed, samples.withUnsafeBufferPointer(Kernels.allFinite) else {
      throw damaged(range)
    }
    return (samples, before)
  }

  /// The MP3 frames before `index` of which a decoder needs the slots alone; all behind them are to be decoded.
  private func needed(for index: Int, _ header: MPEGHeader) -> Range<Int> {
    let end = max(0, min(index, offsets.count - 1) - Self.overlapping(header))
    var first = end
    while first > 0, offsets[end] - offsets[first] - Int64(end - first) * Self.mostHead < Self.reservoir { first -= 1 }
    return first..<end
  }

  /// The first MP3 frame that is not needed.
  private func last(for range: FrameRange, _ header: MPEGHeader) -> Int {
    min(offsets.count - 1, Int(max(0, range.end.index + skipped) / Int64(header.samples)) + Self.overlapping(header))
  }

  /// In MP3 frames.
  private static func overlapping(_ header: MPEGHeader) -> Int {
    let granules = header.samples / 576
    return (overlapping + granules - 1) / granules
  }

  /// As if there were nothing behind: that may not be written yet.
  private func open(_ lead: Range<Int>, upTo last: Int, _ header: MPEGHeader) throws -> SndfileHandle {
    let start = offsets[lead.lowerBound]
    let passage = bytes.bytes(at: start, count: Int(offsets[last] - start))
    let announced = header.announcing(frames: last - lead.lowerBound, byteCount: passage.size)
    var (patches, slots) = ([Patch](), 0)
    for index in lead {
      guard var frame = frame(index) else { continue }
      let header = frame.header
      frame.sideInfo = SideInfo(silenceFor: header)
      // Nothing to be decoded, where main data is not all there. Some decoders forget what lies before the place that an
      // MP3 frame points to; and libmpg123 overwrites main data where that is in front of the passage.
      frame.sideInfo.mainDataBegin = min(slots, header.mostMainDataBegin)
      frame.updateChecksum()
      patches.append(Patch(bytes: frame.head, at: offsets[index] - start))
      slots += header.slotLength
    }
    let handle = try SndfileHandle(
      PatchedBytes(passage, header: announced, from: 0, to: passage.size, patches: patches))
    guard handle.info.channels == sound.format.channels else { throw SndfileHandle.Refusal.malformed }
    return handle
  }

  private func frame(_ index: Int) -> Frame? {
    Frame(bytes.bytes(at: offsets[index], count: Int(offsets[index + 1] - offsets[index]))[...])
  }

  private var header: MPEGHeader? {
    bytes.bytes(at: offsets.first ?? 0, count: 4).integer(UInt32.self, at: 0, bigEndian: true).flatMap(MPEGHeader.init)
  }

  private func damaged(_ range: FrameRange) -> IngestError {
    errors.damaged(sound.container, at: MediaTime(startOf: range.start, rate: sound.format.rate))
  }
}
