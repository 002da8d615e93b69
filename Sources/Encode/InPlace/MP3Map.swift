import Foundation
import MPEG

/// Where the MP3 frames of a file are: what must be known of it before some can be replaced.
///
/// Twelve bytes for each MP3 frame are held in memory: 1.8 MB for an hour.
struct MP3Map {
  /// Of the first MP3 frame, the one with the tag if there is one; tags of other kinds are in front of it.
  let start: Int64
  /// The MP3 frame that holds Xing's or Fraunhofer's tag instead of sound.
  let tagFrame: [UInt8]?
  let info: InfoTag?
  let vbri: VBRITag?
  /// Of the first of all others.
  let first: FrameHeader
  /// Of these, first headers.
  private let words: [UInt32]
  /// Where they begin, and where the last one ends.
  let offsets: [Int64]
  let file: FileReader

  /// - Parameters:
  ///   - start: where sound begins, as far as is known; an MP3 frame is there.
  ///   - headers: of the MP3 frames from there on, as far as they are known.
  /// - Throws: ``Uneditable``.
  init(_ descriptor: Int32, from start: Int64, headers: [UInt32]) throws {
    file = try FileReader(descriptor)
    var walk = FrameWalk(file, from: start)
    guard let first = try walk.next() else { throw Uneditable.noFrames }
    let bytes = try file.bytes(at: first.offset, count: first.header.frameLength)
    info = InfoTag(bytes[...], header: first.header)
    vbri = VBRITag(bytes[...])
    tagFrame = info != nil || vbri != nil ? bytes : nil
    let others = try walk.all(like: first.header, headers.dropFirst())
    let all = tagFrame == nil ? ([first.header.word] + others.words, [first.offset] + others.offsets) : others
    (words, offsets, self.start) = (all.0, all.1 + [walk.position], start)
    guard let header = words.first.flatMap(FrameHeader.init) else { throw Uneditable.noFrames }
    self.first = header
    guard try walk.isOnlyTagsBehind() else { throw Uneditable.damaged }
  }

  var count: Int { words.count }
  var end: Int64 { offsets[count] }

  func length(of index: Int) -> Int { Int(offsets[index + 1] - offsets[index]) }

  /// In kbit/s.
  var lowestBitrate: Int {
    let there = words.reduce(UInt32(0)) { $0 | 1 << ($1 >> 12 & 15) }
    let rates = FrameHeader.bitrates(first.version, layer: first.layer)
    return rates.indices.filter { there >> UInt32($0) & 1 == 1 }.map { rates[$0] }.min() ?? first.bitrate
  }

  /// Of MP3 frames in a row.
  func headers(_ range: Range<Int>) -> [FrameHeader] { words[range].compactMap(FrameHeader.init) }

  /// - Throws: ``Uneditable`` where it is no MP3 frame with main data.
  func frame(_ index: Int) throws -> Frame {
    guard let frame = Frame(try file.bytes(at: offsets[index], count: length(of: index))[...]) else {
      throw Uneditable.damaged
    }
    return frame
  }
}

extension MP3Map {
  /// Some in a row.
  /// - Throws: like ``frame(_:)``.
  func frames(_ range: Range<Int>) throws -> [Frame] {
    guard let first = range.first, let last = range.last else { return [] }
    let start = offsets[first]
    let bytes = try file.bytes(at: start, count: Int(offsets[last + 1] - start))
    return try range.map { index in
      guard let frame = Frame(bytes[Int(offsets[index] - start)...]) else { throw Uneditable.damaged }
      return frame
    }
  }
}

/// Why the MP3 frames of a file can't be replaced.
package enum Uneditable: Error, Hashable, Sendable {
  case noFrames, otherLayer, freeFormat, damaged, changing, hidden, unknownDelay, unreadable, otherSettings

  /// What is wrong: a sentence without its full stop, beginning in lower case.
  package var problem: String {
    switch self {
    case .noFrames: "there are no MP3 frames in it"
    case .otherLayer: "its sound is MPEG layer I or II, not MP3"
    case .freeFormat: "it is in MP3's free format, which doesn't say how long its frames are"
    case .damaged: "there is something between its MP3 frames that is none, or one of them is damaged"
    case .changing: "its rate or its channels change on the way"
    case .hidden: "there are bytes in its MP3 frames that belong to no sound"
    case .unknownDelay: "it doesn't say where in its first MP3 frames the sound begins"
    case .unreadable: "it can't be read"
    case .otherSettings: "another bit rate or another number of channels is wanted"
    }
  }
}

extension FrameHeader {
  fileprivate func isAlike(_ other: FrameHeader) -> Bool { continues(other) && isMono == other.isMono }
}

/// Goes from MP3 frame to MP3 frame.
private struct FrameWalk {
  private(set) var position: Int64
  private let file: FileReader
  private var window: [UInt8] = []
  private var windowStart: Int64 = 0

  init(_ file: FileReader, from start: Int64) {
    (self.file, position) = (file, start)
  }

  /// - Returns: nil where there is no header any more.
  mutating func next() throws -> (offset: Int64, header: FrameHeader)? {
    guard let word = try word(at: position) else { return nil }
    guard let header = FrameHeader(word) else {
      if FrameHeader.isFreeFormat(word) { throw Uneditable.freeFormat }
      return nil
    }
    guard header.layer == 3 else { throw Uneditable.otherLayer }
    guard Int64(header.frameLength) <= file.size - position, header.slotLength >= 0 else { throw Uneditable.damaged }
    defer { position += Int64(header.frameLength) }
    return (position, header)
  }

  /// - Parameter headers: of the next MP3 frames, as far as they are known: they say where to go, without reading.
  /// - Returns: all MP3 frames that are left.
  mutating func all(
    like first: FrameHeader, _ headers: ArraySlice<UInt32>
  ) throws -> (words: [UInt32], offsets: [Int64]) {
    var offsets = follow(headers, first)
    var words = Array(headers.prefix(offsets.count))
    while let next = try next() {
      guard next.header.isAlike(first) else { throw Uneditable.changing }
      words.append(next.header.word)
      offsets.append(next.offset)
    }
    return (words, offsets)
  }

  /// As far as all is as it should be; what is not, ``next()`` finds.
  /// - Returns: where they begin.
  private mutating func follow(_ headers: ArraySlice<UInt32>, _ first: FrameHeader) -> [Int64] {
    let (lengths, size, start) = (FrameLengths(like: first), file.size, position)
    let (least, isMono) = (first.with(protection: true).slotOffset, first.isMono)
    var end = start
    let offsets = [Int64](unsafeUninitializedCapacity: headers.count + 2) { offsets, count in
      headers.withUnsafeBufferPointer { headers in
        for word in headers {
          let length = lengths.length(word)
          guard length >= least, isMono == (word >> 6 & 3 == 3), Int64(length) <= size - end else { return }
          offsets[count] = end
          count += 1
          end += Int64(length)
        }
      }
    }
    position = end
    return offsets
  }

  /// Whether nothing but tags is left: sound behind what is no MP3 frame would stay as it is, unseen.
  func isOnlyTagsBehind() throws -> Bool {
    guard position < file.size else { return true }
    let rest = try file.bytes(at: position, count: Int(min(32, file.size - position)))
    return ["TAG", "APETAGEX", "ID3", "LYRICSBEGIN"].contains { rest.starts(with: Array($0.utf8)) }
  }

  private mutating func word(at offset: Int64) throws -> UInt32? {
    guard offset + 4 <= file.size else { return nil }
    if offset < windowStart || offset + 4 > windowStart + Int64(window.count) {
      window = try file.bytes(at: offset, count: Int(min(1 << 18, file.size - offset)))
      windowStart = offset
    }
    let at = Int(offset - windowStart)
    return window[at..<(at + 4)].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
