import MPEG
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("sox", "lame", "ffmpeg"), "needs sox, lame and ffmpeg")) struct InfoTagTests {
  @Test("the tag in front is read, counts what is there, and is written back as it was", arguments: MP3TestSet.all)
  func roundTrip(recipe: MP3Recipe) throws {
    let folder = try Folder()
    try recipe.make(in: folder)
    let walk = Walk(try folder.read("a.mp3"))
    guard recipe.hasTag else {
      #expect(!walk.frames.isEmpty && walk.infoTag == nil)
      return
    }
    let tag = try #require(walk.infoTag)
    let (first, lame) = (walk.bytes(of: 0), try #require(tag.lame))
    #expect(lame.isIntact == recipe.hasIntactTag)
    #expect(Int(tag.frames ?? 0) == walk.sound.count)
    #expect(Int(tag.byteCount ?? 0) == walk.end - walk.offsets[0])
    let frames = walk.sound.count * walk.frames[0].header.soundFrames - lame.delay - lame.padding
    #expect(frames == recipe.frames || !recipe.tellsLength)
    #expect(CRC16.lame(walk.bytes[(walk.offsets[0] + first.count)..<walk.end]) == lame.musicCRC)
    let again = try #require(tag.frame(walk.frames[0].header))
    let differing = zip(again, first).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    let checksum = walk.frames[0].header.sideInfoLength + 4 + InfoTag.wholeLength - 2
    #expect(differing.allSatisfy { !recipe.hasIntactTag && [checksum, checksum + 1].contains($0) })
    #expect(again.count == first.count)
  }

  @Test("a bit that flips in the tag is noticed")
  func flipped() throws {
    let folder = try Folder()
    let recipe = try #require(MP3TestSet.all.first { $0.tellsLength })
    try recipe.make(in: folder)
    let walk = Walk(try folder.read("a.mp3"))
    let header = try #require(walk.frames.first).header
    let tagged = FrameHeader.byteCount + header.sideInfoLength + InfoTag.wholeLength
    for index in (4 + header.sideInfoLength + 8)..<tagged {
      var bytes = Array(walk.bytes(of: 0))
      bytes[index] ^= 0x10
      #expect(InfoTag(bytes[...], header: header)?.lame?.isIntact != true, "byte \(index)")
    }
  }
}
