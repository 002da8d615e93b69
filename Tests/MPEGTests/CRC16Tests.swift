import MPEG
import TestSupport
import Testing

@Suite struct CRC16Tests {
  @Test("64 and sixteen bytes at a time make the same sum as one at a time, at every place and length")
  func twins() {
    var seeded = Seeded(16)
    let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &seeded) }
    for start in 0..<9 {
      for length in 0...(bytes.count - start) {
        let (piece, sum) = (bytes[start..<(start + length)], UInt16.random(in: 0...UInt16.max, using: &seeded))
        let slow = piece.withUnsafeBytes { CRC16.lameBytewise($0, after: sum) }
        #expect(CRC16.lame(piece, after: sum) == slow)
        #expect(piece.withUnsafeBytes { CRC16.lameBySlices($0, after: sum) } == slow)
        #expect(CRC16.lame(AnySequence(piece), after: sum) == slow)
      }
    }
  }

  @Test("the sum of \"123456789\" is what the catalogue of CRCs says of CRC-16/ARC")
  func check() { #expect(CRC16.lame("123456789".utf8) == 0xBB3D) }

  @Test("a sum of pieces is the sum of the whole")
  func pieces() {
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    for cut in [0, 1, 7, 8, 9, 500, 999, 1_000] {
      let first = CRC16.lame(bytes[..<cut])
      #expect(CRC16.lame(bytes[cut...], after: first) == CRC16.lame(bytes))
      #expect(CRC16.lame(after: first, CRC16.lame(bytes[cut...]), of: bytes.count - cut) == CRC16.lame(bytes))
    }
  }
}
