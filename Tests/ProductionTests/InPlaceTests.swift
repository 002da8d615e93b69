import Encode
import Foundation
import Ingest
import MPEG
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// MP3 files covered without decoding them, looked at with other people's decoders.
@Suite(.enabled(if: Tools.here("lame", "ffmpeg", "sox", "mpg123", "mp3val"), "needs lame, ffmpeg, sox, mpg123, mp3val"))
struct InPlaceTests {
  private static let isLong = ProcessInfo.processInfo.environment["PODCAST_SOAK"] != nil
  private static let recipes = isLong ? MP3TestSet.all : MP3TestSet.few

  /// Frames of sound on either side of a cover that are not as they were: the granules that reach into it, the overlap
  /// of the next one with the last of them, and what is left of an MP3 frame.
  private static let guardBand = 2_304

  @Test(
    "outside the covers and their guard, every decoder hears what it heard; the file is as long as it was",
    arguments: isLong ? [41, 42, 44] : [41])
  func decodedAlike(seed: UInt64) throws {
    var seeded = Seeded(seed)
    for (number, recipe) in Self.recipes.enumerated() where recipe.tellsLength || !recipe.hasTag {
      let folder = try Folder()
      try recipe.make("in", in: folder)
      let ranges = try Self.ranges(of: recipe, count: [1, 2, 5, 40, 200][(number + Int(seed - 41)) % 5], &seeded)
      let result = try Self.cover(folder, ranges, fill: Fill.allCases[number % 3])
      let bare = Self.withoutTags(try folder.read("in.mp3"))
      #expect(try folder.read("out.mp3").count == bare.count, "\(recipe)")
      #expect(Self.isKept(bare, try folder.read("out.mp3"), result.plan), "\(recipe)")
      // A tag may say how long the sound is (`TLEN`), and sox then ends there; no tag comes over.
      try folder.write(bare, "bare.mp3")
      for (decoder, margin) in [("ffmpeg", 0), ("mpg123", 0), ("sox", 2_304), ("libsndfile", 0)] {
        let before = try Self.decode(decoder == "sox" ? "bare.mp3" : "in.mp3", decoder, folder)
        let after = try Self.decode("out.mp3", decoder, folder)
        let first = Self.firstDifference(before, after, outside: result.plan, margin: Self.guardBand + margin)
        #expect(before.count == after.count && first == nil, "\(recipe), \(decoder): frame \(first ?? -1)")
      }
      let report = String(decoding: try folder.run("mp3val", "out.mp3"), as: UTF8.self)
      let before = String(decoding: try folder.run("mp3val", "in.mp3"), as: UTF8.self)
      #expect(Self.complaints(report).subtracting(Self.complaints(before)) == [], "\(recipe)")
    }
  }

  @Test("no main data of an MP3 frame within a cover is anywhere in the output")
  func noResidue() throws {
    for recipe in Self.recipes where recipe.tellsLength || !recipe.hasTag {
      let folder = try Folder()
      try recipe.make("in", in: folder)
      let range = RedactionRange(time: MediaTime(milliseconds: 1_200)..<MediaTime(milliseconds: 2_000))
      _ = try Self.cover(folder, [range], fill: .bip)
      let (input, output) = (Data(try folder.read("in.mp3")), Data(try folder.read("out.mp3")))
      let all = try Self.mainData([UInt8](input))
      let middle = all[(all.count * 16 / 37)..<(all.count * 18 / 37)]
      let others = Set((all.prefix(all.count / 4) + all.suffix(all.count / 3)).flatMap(Self.words))
      let words = middle.flatMap(Self.words).filter { !others.contains($0) }
      #expect(words.isEmpty == (middle.joined().isEmpty), "\(recipe)")
      #expect(!words.contains { output.range(of: Data($0)) != nil }, "\(recipe)")
    }
  }

  @Test("two MP3 files that differ only in MP3 frames within the covers give the same bytes")
  func nonInterference() throws {
    var seeded = Seeded(43)
    for recipe in Self.recipes where recipe.tellsLength || !recipe.hasTag {
      let folder = try Folder()
      try recipe.make("in", in: folder)
      let ranges = try Self.ranges(of: recipe, count: 3, &seeded)
      _ = try Self.cover(folder, ranges, fill: .bip, output: "a.mp3")
      _ = try Self.cover(folder, ranges, fill: .noise, output: "other.mp3")
      _ = try Self.cover(folder, ranges, fill: .bip, input: "other.mp3", output: "b.mp3")
      #expect(try folder.read("a.mp3") == folder.read("b.mp3"), "\(recipe)")
    }
  }

  @Test("what an encoder measured of the sound, and tags, do not come over; what was given does")
  func tags() throws {
    let folder = try Folder()
    let sample = MP3TestSet.all.first { $0.options.contains("--tt") && $0.hasTag }
    try #require(sample).make("in", in: folder)
    var request = Self.request(folder, [Self.middle])
    request.tags = Tags(title: "Épisode 42")
    _ = try RedactionJob.run(request)
    let bytes = try folder.read("out.mp3")
    #expect(bytes.starts(with: Array("ID3".utf8)))
    let start = Self.tagBytes(bytes)
    let header = try #require(FrameHeader(Array(bytes[start...].prefix(4))))
    let lame = try #require(InfoTag(bytes[start...].prefix(header.frameLength), header: header)?.lame)
    #expect(lame.gain.allSatisfy { $0 == 0 } && lame.isIntact)
    #expect(lame.musicCRC == CRC16.lame(bytes[(start + header.frameLength)...]))
    for word in ["Nora", "Réseau"] { #expect(Data(bytes).range(of: Data(word.utf8)) == nil) }
  }

  @Test("a file whose MP3 frames can't be replaced is decoded and encoded, or refused where that was asked for")
  func fallback() throws {
    let folder = try Folder()
    try MP3TestSet.few[0].make("in", in: folder)
    var bytes = try folder.read("in.mp3")
    bytes.insert(contentsOf: [UInt8](repeating: 0x11, count: 300), at: bytes.count / 2)
    try folder.write(bytes, "in.mp3")
    // Before the damage, behind which nothing is heard.
    let range = RedactionRange(time: MediaTime(milliseconds: 500)..<MediaTime(milliseconds: 900))
    var request = Self.request(folder, [range])
    request.allowsTruncated = true
    let error = #expect(throws: ProductionError.self) { try RedactionJob.run(request) }
    #expect(error?.code == .notInPlace && folder.names.contains("out.mp3") == false)
    request.inPlace = .auto
    guard case .encoded(let reason) = try RedactionJob.run(request).inPlace else {
      return #expect(Bool(false), "the damaged file was edited")
    }
    #expect(!reason.isEmpty && folder.names.contains("out.mp3"))
  }

  // MARK: Steps

  private static let middle = RedactionRange(time: MediaTime(milliseconds: 1_200)..<MediaTime(milliseconds: 2_000))

  private static func request(_ folder: Folder, _ ranges: [RedactionRange]) -> RedactionRequest {
    var request = RedactionRequest(input: folder.file("in.mp3"), ranges: ranges, outputs: [folder.file("out.mp3")])
    request.settings = .exact()
    request.inPlace = .always
    return request
  }

  private static func cover(
    _ folder: Folder, _ ranges: [RedactionRange], fill: Fill, input: String = "in.mp3", output: String = "out.mp3"
  ) throws -> RedactionResult {
    var request = request(folder, ranges)
    (request.input, request.outputs, request.settings) = (folder.file(input), [folder.file(output)], .exact(fill: fill))
    let result = try RedactionJob.run(request)
    guard case .replaced(let count, let all) = result.inPlace else { throw NotInPlace() }
    #expect(count > 0 && count <= all)
    return result
  }

  private struct NotInPlace: Error {}

  /// Of all lengths from less than a granule, the first and the last MP3 frame among them, some next to each other.
  private static func ranges(of recipe: MP3Recipe, count: Int, _ seeded: inout Seeded) throws -> [RedactionRange] {
    let length = Int64(3_650_000_000)
    var ranges = (0..<count).map { index in
      let start = Int64(index) * (length / Int64(count)) + Int64.random(in: 0...3_000_000, using: &seeded)
      let longest = min(400_000_000, length / Int64(count))
      return start..<min(length, start + Int64.random(in: 100_000...longest, using: &seeded))
    }
    if count > 1 { ranges += [0..<300_000, (length - 1_000_000)..<length, 700_000_000..<710_000_000] }
    if count > 2 { ranges.append(710_000_000..<711_000_000) }
    return ranges.map {
      RedactionRange(time: MediaTime(nanoseconds: $0.lowerBound)..<MediaTime(nanoseconds: $0.upperBound))
    }
  }

  private static func decode(_ name: String, _ decoder: String, _ folder: Folder) throws -> [Float] {
    let bytes: [UInt8]
    switch decoder {
    case "ffmpeg": bytes = try folder.run("ffmpeg", "-v", "error", "-i", name, "-f", "f32le", "-")
    case "mpg123": bytes = try folder.run("mpg123", "-q", "-e", "f32", "-s", name)
    case "sox": bytes = try folder.run("sox", "-V1", name, "-t", "f32", "-")
    default: return try samples(folder.file(name))
    }
    return bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  }

  private static func samples(_ path: String) throws -> [Float] {
    let sound = try SoundFile.open(path)
    defer { sound.close() }
    return try sound.source.allSamples()
  }

  private static func firstDifference(
    _ before: [Float], _ after: [Float], outside plan: RedactionPlan, margin: Int
  ) -> Int? {
    let channels = plan.format.channels
    let count = min(before.count, after.count) / channels
    var frame = 0
    for cover in plan.covers.map(\.frames) + [FrameRange(FramePosition(.max), FramePosition(.max))] {
      let end = min(Int64(count), cover.start.index - Int64(margin))
      if let sample = firstDifference(before, after, frame * channels, Int(end) * channels) { return sample / channels }
      frame = max(frame, Int(min(Int64(count), cover.end.index) + Int64(margin)))
    }
    return nil
  }

  private static func firstDifference(
    _ before: UnsafePointer<Float>, _ after: UnsafePointer<Float>, _ start: Int, _ end: Int
  ) -> Int? {
    var index = start
    while index < end {
      if before[index] != after[index] { return index }
      index += 1
    }
    return nil
  }

  /// Whether all bytes of MP3 frames are as they were that are not near a cover, nor have its main data in their slot:
  /// of those, what is in front of the slot.
  private static func isKept(_ before: [UInt8], _ after: [UInt8], _ plan: RedactionPlan) -> Bool {
    guard let header = FrameHeader(before) else { return false }
    let hasTag = InfoTag(before.prefix(header.frameLength), header: header) != nil
    let reach = guardBand + 2 * header.soundFrames
    // Where bit rates vary, those of replaced MP3 frames come in another order.
    var (offset, other, start) = (0, 0, hasTag ? -header.soundFrames : 0)
    let places = plan.covers.map { (Int($0.frames.start.index) - reach)..<(Int($0.frames.end.index) + reach) }
    while let frame = Frame(before[offset...]), let same = Frame(after[min(other, after.count)...]) {
      let sound = start..<(start + frame.header.soundFrames)
      let isNear = places.contains(where: sound.overlaps) || (hasTag && offset == 0)
      // Main data of the next 511 bytes may begin in this slot.
      let reached = sound.lowerBound..<(sound.upperBound + 16 * frame.header.soundFrames)
      let isReached = places.contains(where: reached.overlaps)
      if !isNear, isReached ? frame.head != same.head : frame != same { return false }
      (offset, other) = (offset + frame.header.frameLength, other + same.header.frameLength)
      start = sound.upperBound
    }
    return offset == before.count && other == after.count
  }

  /// What mp3val warns of, without the numbers of MP3 frames.
  private static func complaints(_ report: String) -> Set<String> {
    Set(
      report.split(separator: "\n").filter { $0.hasPrefix("WARNING") && !$0.contains("No supported tags") }
        .map { String($0.filter { !$0.isNumber }.replacing("in.mp", with: "out.mp")) })
  }

  private static func tagBytes(_ bytes: [UInt8]) -> Int {
    bytes.starts(with: Array("ID3".utf8)) ? 10 + bytes[6..<10].reduce(0) { $0 << 7 | Int($1) } : 0
  }

  private static func withoutTags(_ bytes: [UInt8]) -> [UInt8] {
    let isTagged = bytes.suffix(128).starts(with: Array("TAG".utf8))
    return Array(bytes.dropFirst(tagBytes(bytes)).dropLast(isTagged ? 128 : 0))
  }

  /// Of each MP3 frame.
  private static func mainData(_ bytes: [UInt8]) throws -> [[UInt8]] {
    var (reader, offset, all) = (MainDataReader(), tagBytes(bytes), [[UInt8]]())
    while let frame = Frame(bytes[min(offset, bytes.count)...]) {
      all.append(reader.mainData(of: frame) ?? [])
      offset += frame.header.frameLength
    }
    return all
  }

  /// Twelve bytes from each sixth on.
  private static func words(_ data: [UInt8]) -> [[UInt8]] {
    guard data.count >= 12 else { return [] }
    return stride(from: 0, through: data.count - 12, by: 6).map { Array(data[$0..<($0 + 12)]) }
      .filter { Set($0).count > 3 }
  }
}
