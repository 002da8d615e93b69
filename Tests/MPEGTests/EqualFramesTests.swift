import MPEG
import TestSupport
import Testing

@Suite struct EqualFramesTests {
  /// Main data of one MP3 frame, and what is said of it.
  private struct Sound {
    var bytes: [UInt8]
    var gain = 100
    var modeExtension: UInt32 = 0
    var bits: Int { 8 * bytes.count - 3 }
  }

  private static let stereo: UInt32 = 0xFFFB_9064
  private static let mono: UInt32 = 0xFFF3_40C4

  /// As many MP3 frames as there are sounds, with each one's main data as early as it may begin.
  /// - Parameter lay: changes a header.
  private static func stream(
    _ sounds: [Sound], like word: UInt32, _ lay: (Int, FrameHeader) -> FrameHeader = { $1 }
  ) throws -> [UInt8] {
    let first = try #require(FrameHeader(word))
    let headers = sounds.enumerated().map { lay($0, first.with(modeExtension: $1.modeExtension)) }
    let slots = headers.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.slotLength) }
    var (data, end) = ([UInt8](repeating: 0, count: slots[sounds.count]), 0)
    let heads = zip(sounds, headers).enumerated().map { index, frame in
      let (sound, header) = frame
      let begin = max(end, slots[index] - header.mostMainDataBegin)
      end = begin + sound.bytes.count
      data.replaceSubrange(begin..<end, with: sound.bytes)
      var side = SideInfo(silenceFor: header)
      side.mainDataBegin = slots[index] - begin
      side.granules[0].mainDataBits = sound.bits
      side.granules[0].globalGain = sound.gain
      return Frame(header: header, sideInfo: side, slot: []).head
    }
    return heads.enumerated().flatMap { $1 + data[slots[$0]..<slots[$0 + 1]] }
  }

  private static func runs(_ bytes: [UInt8], like word: UInt32) throws -> [Range<Int>] {
    let equal = EqualFrames(like: try #require(FrameHeader(word)))
    return bytes.withUnsafeBytes { equal.runs(in: $0) }
  }

  private static let tone = Sound(bytes: (0..<90).map { UInt8($0 * 7 % 251) })

  @Test("MP3 frames that hold the same are found, wherever their main data is", arguments: [stereo, mono])
  func found(_ word: UInt32) throws {
    let other = Sound(bytes: Self.tone.bytes.reversed())
    let sounds =
      [other] + [Sound](repeating: Self.tone, count: 20) + [other, other] + [Sound](repeating: Self.tone, count: 5)
    #expect(try Self.runs(Self.stream(sounds, like: word), like: word) == [2..<21, 22..<23, 24..<28])
    // Longer slots, padding and checksums move it.
    let moved = try Self.stream(sounds, like: word) { index, header in
      let header = header.with(padding: index % 3 == 0).with(protection: index % 4 == 0)
      return index % 5 == 0 ? header.with(bitrateIndex: 12) ?? header : header
    }
    #expect(try Self.runs(moved, like: word) == [2..<21, 22..<23, 24..<28])
    #expect(try Self.runs(Array(moved.dropLast()), like: word) == [2..<21, 22..<23, 24..<27])
    #expect(try Self.runs([], like: word).isEmpty)
  }

  @Test("one bit of the main data, of the side information or of how channels are coupled makes another sound")
  func different() throws {
    var changes = [Self.tone, Self.tone, Self.tone, Self.tone, Self.tone]
    changes[0].bytes[89] ^= 8
    changes[1].bytes[0] ^= 0x80
    changes[2].gain ^= 1
    changes[3].modeExtension = 2
    changes[4].bytes.append(0)
    for change in changes {
      let sounds = [Self.tone, Self.tone, change, Self.tone, Self.tone]
      #expect(try Self.runs(Self.stream(sounds, like: Self.stereo), like: Self.stereo) == [1..<2, 4..<5])
    }
  }

  @Test("main data that is not all there is like none")
  func missing() throws {
    let bytes = try Self.stream([Sound](repeating: Self.tone, count: 20), like: Self.stereo)
    let length = try #require(FrameHeader(Self.stereo)).frameLength
    // What MP3 frames behind the cut point to is in front of it, up to 511 bytes; the first that is whole is like none.
    let cut = try Self.runs(Array(bytes[(8 * length)...]), like: Self.stereo)
    #expect(cut == [3..<12])
  }

  @Test("main data that lies before that of the MP3 frame in front, or behind its own slot, is like none")
  func misplaced() throws {
    let header = try #require(FrameHeader(Self.stereo))
    // Where each begins before its slot, and its bytes.
    for (begins, count) in [([0, 511], 1), ([0, 511], 0), ([0, 0, 511], 800), ([0, 0, 0, 511], 1), ([0, 0], 400)] {
      let bytes = begins.flatMap { begin in
        var side = SideInfo(silenceFor: header)
        side.mainDataBegin = begin
        side.granules[0].mainDataBits = min(4_095, 8 * count)
        side.granules[1].mainDataBits = max(0, 8 * count - 4_095)
        return Frame(header: header, sideInfo: side, slot: [UInt8](repeating: 7, count: header.slotLength)).bytes
      }
      let runs = try Self.runs(bytes, like: Self.stereo)
      let isFound = count < header.slotLength && begins.count > 2
      #expect(runs == (isFound ? [1..<(begins.count - 1)] : []), "\(begins), \(count)")
    }
  }

  @Test("any bytes are looked through without a trap")
  func hostile() throws {
    var seeded = Seeded(61)
    let good = try Self.stream([Sound](repeating: Self.tone, count: 6), like: Self.stereo)
    let length = try #require(FrameHeader(Self.stereo)).frameLength
    for number in 0..<500 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...20, using: &seeded) {
        // Every other time only where main data begins and how much there is.
        let place = Int.random(in: 0..<6, using: &seeded) * length + Int.random(in: 4...9, using: &seeded)
        let index = number % 2 == 0 ? place : Int.random(in: 0..<bytes.count, using: &seeded)
        bytes[index] = UInt8.random(in: 0...255, using: &seeded)
      }
      let runs = try Self.runs(bytes, like: Self.stereo)
      #expect(runs.allSatisfy { $0.lowerBound > 0 && $0.upperBound <= 6 })
    }
  }
}
