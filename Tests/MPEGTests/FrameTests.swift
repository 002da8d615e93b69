import MPEG
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("sox", "lame", "ffmpeg"), "needs sox, lame and ffmpeg")) struct FrameTests {
  @Test("every MP3 frame is written back as it was read", arguments: MP3TestSet.all)
  func roundTrip(recipe: MP3Recipe) throws {
    let folder = try Folder()
    try recipe.make(in: folder)
    let walk = Walk(try folder.read("a.mp3"))
    #expect(walk.frames.count >= recipe.frames / 1_152)
    #expect(walk.bytes.count - walk.end == 0 || walk.bytes[walk.end...].starts(with: "TAG".utf8))
    for (index, frame) in walk.frames.enumerated() {
      #expect(frame.bytes == Array(walk.bytes(of: index)))
      #expect(frame.header.rate == recipe.hertz)
      #expect(frame.header.channels == recipe.channels)
      let again = Frame(frame.bytes[...])
      #expect(again == frame)
    }
  }

  @Test("main data is one stream: what a frame's is does not depend on the slots it travelled in")
  func mainData() throws {
    for recipe in MP3TestSet.all {
      let folder = try Folder()
      try recipe.make(in: folder)
      var (reader, road, before) = (MainDataReader(), [UInt8](), 0)
      for frame in Walk(try folder.read("a.mp3")).sound {
        let start = road.count - frame.sideInfo.mainDataBegin
        road += frame.slot
        let found = reader.mainData(of: frame)
        let mainData = try #require(found, "\(recipe)")
        #expect(start >= before)
        #expect(mainData == Array(road[start..<(start + frame.sideInfo.mainDataLength)]))
        before = start + mainData.count
      }
    }
  }

  @Test("a checksum is made as lame makes it", arguments: MP3TestSet.all.filter(\.isProtected))
  func checksum(recipe: MP3Recipe) throws {
    let folder = try Folder()
    try recipe.make(in: folder)
    let walk = Walk(try folder.read("a.mp3"))
    #expect(walk.sound.count > 50)
    for frame in walk.sound {
      var again = frame
      again.checksum = 0
      again.updateChecksum()
      #expect(frame.checksum != nil && again == frame)
    }
  }

  @Test("main data put into slots anew is found there again", arguments: MP3TestSet.few)
  func refilled(recipe: MP3Recipe) throws {
    let folder = try Folder()
    try recipe.make(in: folder)
    let frames = Array(Walk(try folder.read("a.mp3")).sound)
    let reach = try #require(frames.first).header.mostMainDataBegin
    var (reader, again, filler) = (MainDataReader(), MainDataReader(), SlotFiller(reach: reach))
    var road: [UInt8] = []
    var moved = try frames.map { frame in
      let found = reader.mainData(of: frame)
      let mainData = try #require(found)
      road += [UInt8](repeating: 0, count: filler.skipped)
      var frame = frame
      frame.sideInfo.mainDataBegin = filler.place(mainData.count, slot: frame.slot.count)
      road += mainData
      return (frame, mainData)
    }
    for index in moved.indices {
      let length = moved[index].0.slot.count
      moved[index].0.slot = Array(road.prefix(length) + [UInt8](repeating: 0, count: max(0, length - road.count)))
      road.removeFirst(min(length, road.count))
      let found = again.mainData(of: moved[index].0)
      #expect(found == moved[index].1)
    }
  }
}
