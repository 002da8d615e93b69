import MPEG
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("sox", "lame", "ffmpeg"), "needs sox, lame and ffmpeg")) struct HostileTests {
  @Test("whatever stands in a file, what is read as an MP3 frame is written back as it was", arguments: MP3TestSet.few)
  func mutated(recipe: MP3Recipe) throws {
    let folder = try Folder()
    try recipe.make(in: folder)
    let whole = Array(try folder.read("a.mp3").prefix(6_000))
    var seeded = Seeded(7)
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...200, using: &seeded) {
        bytes[Int.random(in: 0..<bytes.count, using: &seeded)] = .random(in: 0...255, using: &seeded)
      }
      bytes.removeLast(.random(in: 0..<bytes.count, using: &seeded))
      Self.read(bytes)
    }
  }

  @Test("every header of 32 bits is read without a trap, and is what it was")
  func headers() {
    var seeded = Seeded(8)
    for _ in 0..<(TestRun.isOptimised ? 20_000 : 2_000) {
      let word = UInt32.random(in: 0...UInt32.max, using: &seeded) | 0xFFE0_0000
      guard let header = FrameHeader(word) else { continue }
      #expect(header.bytes == (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) })
      #expect(header.frameLength > 0 && !FrameHeader.isFreeFormat(word))
      Self.read(header.bytes + (0..<1_500).map { _ in UInt8.random(in: 0...255, using: &seeded) })
    }
  }

  /// Every place of `bytes` as the start of an MP3 frame, one stream of main data for all that are found.
  private static func read(_ bytes: [UInt8]) {
    var (reader, offset) = (MainDataReader(), 0)
    while offset < bytes.count {
      guard let frame = Frame(bytes[offset...]) else {
        offset += 1
        continue
      }
      let slice = bytes[offset..<(offset + frame.header.frameLength)]
      #expect(frame.bytes == Array(slice))
      let length = reader.mainData(of: frame)?.count
      #expect(length == nil || length == frame.sideInfo.mainDataLength)
      if let tag = InfoTag(slice, header: frame.header) {
        _ = tag.frame(frame.header)
        _ = InfoTag(slice.prefix(offset % 200), header: frame.header)
      }
      offset += max(1, frame.header.frameLength / 2)
    }
  }
}
