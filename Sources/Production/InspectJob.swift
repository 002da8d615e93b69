import Encode
import Foundation
import Ingest
import Master
import PCM
import ShowModel

/// Looks at one sound file: what it is, how loud, what it says and what it gives away.
package enum InspectJob {
  /// - Parameter progress: told, now and then, which part of the work is done, from 0 to 1.
  /// - Throws: the first `ExplainedError`: where it is no sound, or can't be read to its end.
  package static func run(_ path: String, progress: (Double) -> Void = { _ in }) throws -> Inspection {
    let sound = try SoundFile.open(path, options: SoundFileOptions(allowTruncated: true))
    defer { sound.close() }
    let leaks = sound.findLeaks()
    let (loudness, length) = try measure(sound, progress)
    let pictures = zip(leaks.tags.pictures, leaks.pictureOffsets).map { bytes, offset in
      Inspection.Picture(facts: PictureFacts(bytes), byteCount: bytes.count, offset: offset)
    }
    let hasTimes = !leaks.tags.chapters.isEmpty
    return Inspection(
      description: sound.description, byteCount: try size(of: sound, path), length: length, encoding: leaks.encoding,
      loudness: loudness, tags: Self.tags(leaks.tags.texts, withChapters: !hasTimes), chapters: leaks.tags.chapters,
      pictures: pictures, findings: leaks.findings + pictures.flatMap(findings), place: sound.place)
  }

  /// How large a file is, and how long its sound.
  static func length(of path: String) throws -> (byteCount: Int64, milliseconds: Int64) {
    let sound = try SoundFile.open(path, options: SoundFileOptions())
    defer { sound.close() }
    let frames = try sound.description.length ?? SoundFile.countFrames(of: sound)
    let seconds = frames.time(at: sound.description.format.rate).seconds
    return (try size(of: sound, path), Int64((seconds * 1_000).rounded()))
  }

  private static func measure(
    _ sound: OpenedSound, _ progress: (Double) -> Void
  ) throws -> (Loudness, FrameCount) {
    let source = try sound.makeSource()
    defer { source.close() }
    let meter = try LoudnessMeter(source.format)
    let all = Double(max(1, sound.description.length?.value ?? .max))
    var block = SampleBlock(channels: source.format.channels)
    var done: Int64 = 0
    repeat {
      try source.read(into: &block)
      try meter.add(block)
      done += Int64(block.frameCount)
      progress(Double(done) / all)
    } while block.frameCount > 0
    return (try meter.loudness(), FrameCount(done))
  }

  private static func size(of sound: OpenedSound, _ path: String) throws -> Int64 {
    var status = stat()
    guard fstat(sound.descriptor, &status) == 0 else { throw ProductionError.cannotRead(path, code: errno) }
    return Int64(status.st_size)
  }

  /// Each once: ID3v1 and APE often say the same as ID3v2.
  private static func tags(_ texts: [FoundTags.Text], withChapters: Bool) -> [FoundTags.Text] {
    var seen: Set<FoundTags.Text> = []
    return texts.filter { text in
      (withChapters || text.kind != .chapter) && !text.text.revealed.allSatisfy(\.isWhitespace)
        && seen.insert(text).inserted
    }
  }

  private static func findings(_ picture: Inspection.Picture) -> [Finding] {
    let facts = picture.facts
    var findings: [Finding] = []
    if facts.surplus != 0 {
      let length = facts.surplus.map(Int64.init)
      findings.append(Finding(facts.surplus == nil ? .unread : .picture, at: picture.offset, length: length))
    }
    if facts.holdsPicture { findings.append(Finding(.thumbnail, at: picture.offset)) }
    return findings
  }
}
