import Encode
import Foundation
import Ingest
import PCM
import ShowModel
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("lame", "ffmpeg", "sox"), "needs lame, ffmpeg, sox"))
struct PassagesTests {
  private static let isLong = ProcessInfo.processInfo.environment["PODCAST_SOAK"] != nil
  private static let recipes =
    isLong ? MP3TestSet.all : MP3TestSet.few + MP3TestSet.all.filter { $0.options.contains("-p") }

  @Test("any passage of an MP3 sounds as it does when all of it is decoded; past its ends there is silence")
  func alike() throws {
    var seeded = Seeded(47)
    for recipe in Self.recipes where recipe.tellsLength || !recipe.hasTag {
      let folder = try Folder()
      let sound = try SoundFile.open(recipe.make(in: folder))
      defer { sound.close() }
      let whole = try Self.planes(sound)
      let length = FrameCount(Int64(whole[0].count))
      let edit = try InPlaceEdit(
        sound.descriptor, from: try #require(sound.mp3Start), length: length, covers: [], level: 0.1)
      let passages = MP3Passages(
        sound.descriptor, offsets: edit.offsets, skipped: edit.skipped, like: sound, length: length)
      let last = Int(length.value)
      let anywhere = (0..<(Self.isLong ? 200 : 20)).map { _ in Int.random(in: 0..<last, using: &seeded) }
      let starts = [-700, 0, 1, 1_151, last - 800, last + 5] + anywhere
      for start in starts {
        let end = start + Int.random(in: 1...2_000, using: &seeded)
        let heard = try passages.read(FrameRange(FramePosition(Int64(start)), FramePosition(Int64(end))))
        let difference = zip(heard, whole).flatMap { heard, whole in
          (start..<end).map { abs(heard[$0 - start] - (whole.indices.contains($0) ? whole[$0] : 0)) }
        }
        #expect(difference.count == (end - start) * whole.count, "\(recipe)")
        #expect(difference.max() ?? 1 < 1e-5, "\(recipe), from \(start)")
      }
    }
  }

  @Test("under a bip, where one MP3 frame is decoded for all, a passage sounds as when all of it is decoded")
  func covered() throws {
    var seeded = Seeded(62)
    for (number, recipe) in Self.recipes.enumerated() where recipe.tellsLength {
      let folder = try Folder()
      let sound = try SoundFile.open(recipe.make(in: folder))
      defer { sound.close() }
      let length = try #require(sound.description.length)
      let covers = [(1, 5), (6, 9)].map { (from: Int64, to: Int64) in
        let frames = FrameRange(FramePosition(length.value * from / 10), FramePosition(length.value * to / 10))
        return (frames: frames, fill: Fill.allCases[(number + Int(from)) % 3])
      }
      let edit = try InPlaceEdit(
        sound.descriptor, from: try #require(sound.mp3Start), length: length,
        covers: covers, level: 0.1)
      let path = "\(folder.path)/covered.mp3"
      let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
      defer { close(descriptor) }
      try edit.write(to: descriptor, at: 0)
      let covered = try SoundFile.open(path)
      defer { covered.close() }
      let whole = try Self.planes(covered)
      let passages = MP3Passages(
        descriptor, offsets: edit.offsets(at: 0), skipped: edit.skipped, like: covered, length: length)
      let begin = Int(covers[0].frames.start.index) / 1_152 * 1_152 + 4 * 1_152
      let anywhere = (0..<(Self.isLong ? 60 : 6)).map { _ in Int.random(in: -500..<Int(length.value), using: &seeded) }
      for (number, start) in ([begin - 1, begin, begin + 1] + anywhere).enumerated() {
        let end = start + (number < 3 ? 9 * 1_152 + number : Int.random(in: 1...whole[0].count, using: &seeded))
        let heard = try passages.read(FrameRange(FramePosition(Int64(start)), FramePosition(Int64(end))))
        let difference = zip(heard, whole).flatMap { heard, whole in
          (start..<end).map { abs(heard[$0 - start] - (whole.indices.contains($0) ? whole[$0] : 0)) }
        }
        #expect(difference.count == (end - start) * whole.count, "\(recipe)")
        #expect(difference.max() ?? 1 < 1e-5, "\(recipe), from \(start) to \(end)")
      }
    }
  }

  private static func planes(_ sound: OpenedSound) throws -> [[Float]] {
    let (samples, channels) = (try sound.source.allSamples(), sound.source.format.channels)
    return (0..<channels).map { channel in stride(from: channel, to: samples.count, by: channels).map { samples[$0] } }
  }
}
