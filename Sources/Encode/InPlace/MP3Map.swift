import Foundation
import MPEG

/// Where the MP3 frames of a file are: what must be known of it before some can be replaced.
///
/// 48 bytes for each MP3 frame are held in memory: 7 MB for an hour.
struct MP3Map {
  struct Entry {
    let offset: Int64
    let header: FrameHeader
  }

  /// Of the first MP3 frame, the one with the tag if there is one; tags of other kinds are in front of it.
  let start: Int64
  /// Behind the last MP3 frame.
  let end: Int64
  /// The MP3 frame that holds Xing's or Fraunhofer's tag instead of sound.
  let tagFrame: [UInt8]?
  let info: InfoTag?
  /// All others.
  let entries: [Entry]
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
    let isVBRI = bytes.dropFirst(36).starts(with: Array("VBRI".utf8))
    tagFrame = info != nil || isVBRI ? bytes : nil
    let entries = try walk.all(from: tagFrame == nil ? [first] : [], like: first.header, headers.dropFirst())
    guard !entries.isEmpty else { throw Uneditable.noFrames }
    (self.start, end, self.entries) = (start, walk.position, entries)
    guard try walk.isOnlyTagsBehind() else { throw Uneditable.damaged }
  }

  var granulesPerFrame: Int { entries[0].header.granules }

  /// - Throws: ``Uneditable`` where it is no MP3 frame with main data.
  func frame(_ index: Int) throws -> Frame {
    let entry = entries[index]
    let bytes = try file.bytes(at: entry.offset, count: entry.header.frameLength)
    guard let frame = Frame(bytes[...]) else { throw Uneditable.damaged }
    return frame
  }
}

extension MP3Map {
  /// Some in a row.
  /// - Throws: like ``frame(_:)``.
  func frames(_ range: Range<Int>) throws -> [Frame] {
    guard let first = range.first, let last = range.last else { return [] }
    let (start, end) = (entries[first].offset, entries[last].offset + Int64(entries[last].header.frameLength))
    let bytes = try file.bytes(at: start, count: Int(end - start))
    return try range.map { index in
      guard let frame = Frame(bytes[Int(entries[index].offset - start)...]) else { throw Uneditable.damaged }
      return frame
    }
  }
}

/// Why the MP3 frames of a file can't be replaced.
package enum Uneditable: Error, Hashable, Sendable {
  case noFrames, otherLayer, freeFormat, damaged, changing, unknownDelay, unreadable, otherSettings

  /// What is wrong: a sentence without its full stop, beginning in lower case.
  package var problem: String {
    switch self {
    case .noFrames: "there are no MP3 frames in it"
    case .otherLayer: "its sound is MPEG layer I or II, not MP3"
    case .freeFormat: "it is in MP3's free format, which doesn't say how long its frames are"
    case .damaged: "there is something between its MP3 frames that is none, or one of them is damaged"
    case .changing: "its rate or its channels change on the way"
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
  mutating func next() throws -> MP3Map.Entry? {
    guard let word = try word(at: position) else { return nil }
    guard let header = FrameHeader(word) else {
      if FrameHeader.isFreeFormat(word) { throw Uneditable.freeFormat }
      return nil
    }
    guard header.layer == 3 else { throw Uneditable.otherLayer }
    guard Int64(header.frameLength) <= file.size - position, header.slotLength >= 0 else { throw Uneditable.damaged }
    defer { position += Int64(header.frameLength) }
    return MP3Map.Entry(offset: position, header: header)
  }

  /// - Parameter headers: of the next MP3 frames, as far as they are known: they say where to go, without reading.
  /// - Returns: `entries`, and all MP3 frames that are left.
  mutating func all(
    from entries: [MP3Map.Entry], like first: FrameHeader, _ headers: ArraySlice<UInt32>
  ) throws -> [MP3Map.Entry] {
    var entries = entries
    entries.reserveCapacity(headers.count + 1)
    follow(headers, first, into: &entries)
    while let entry = try next() {
      guard entry.header.isAlike(first) else { throw Uneditable.changing }
      entries.append(entry)
    }
    return entries
  }

  /// As far as all is as it should be; what is not, ``next()`` finds.
  private mutating func follow(_ headers: ArraySlice<UInt32>, _ first: FrameHeader, into entries: inout [MP3Map.Entry])
  {
    // Most headers are those before them once more.
    var header = first
    for word in headers {
      if word != header.word { header = FrameHeader(word) ?? first }
      guard header.word == word, header.layer == 3, header.isAlike(first), header.slotLength >= 0,
        Int64(header.frameLength) <= file.size - position
      else { return }
      entries.append(MP3Map.Entry(offset: position, header: header))
      position += Int64(header.frameLength)
    }
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
