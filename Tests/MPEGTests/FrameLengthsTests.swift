import MPEG
import TestSupport
import Testing

@Suite struct FrameLengthsTests {
  @Test("a stream's lengths are those of its headers, and 0 for every word that is none of them")
  func alike() throws {
    var seeded = Seeded(51)
    let anywhere = (0..<2_000).map { _ in 0xFFE0_0000 | UInt32.random(in: 0..<1 << 21, using: &seeded) }
    let words = anywhere + anywhere.map { $0 ^ 1 << 25 }
    for first in words.lazy.compactMap(FrameHeader.init).prefix(40) {
      let lengths = FrameLengths(like: first)
      let likely = words.map { first.word & 0xFFFE_0C00 | $0 & 0x1_F3FF }
      for word in words + likely {
        let header = FrameHeader(word).flatMap { $0.continues(first) ? $0 : nil }
        #expect(lengths.length(word) == header?.frameLength ?? 0)
      }
    }
  }

  @Test("a walk ends in front of what is no header, of what is not taken, and of an MP3 frame that is cut short")
  func walk() throws {
    let header = try #require(FrameHeader(0xFFFB_9064))
    let frame = header.bytes + [UInt8](repeating: 0, count: header.frameLength - 4)
    let (three, lengths) = (frame + frame + frame, FrameLengths(like: header))
    let walk = { (bytes: [UInt8], end: Int, most: Int) in
      var places: [Int] = []
      let behind = bytes.withUnsafeBytes { bytes in
        lengths.walk(bytes, end: Int64(end)) { place, word in
          guard places.count < most else { return false }
          places.append(place)
          return word == header.word
        }
      }
      return places + [behind]
    }
    let length = header.frameLength
    #expect(walk(three, three.count, 9) == [0, length, 2 * length, 3 * length])
    #expect(walk(three, three.count, 2) == [0, length, 2 * length])
    #expect(walk(three, three.count - 1, 9) == [0, length, 2 * length])
    // The last one reaches past what is at hand.
    #expect(walk(Array(three[..<(2 * length + 4)]), three.count, 9) == [0, length, 2 * length, 3 * length])
    #expect(walk(Array(three[..<(2 * length + 3)]), three.count, 9) == [0, length, 2 * length])
    #expect(walk(frame + [0] + frame, 2 * length + 1, 9) == [0, length])
    #expect(walk([], 0, 9) == [0])
  }
}
