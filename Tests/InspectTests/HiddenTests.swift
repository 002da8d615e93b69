import Encode
import Foundation
import MPEG
import PCM
import Production
import ShowModel
import TestSupport
import Testing

/// MP3s that hold something besides their sound, covered: `inspect` finds nothing in what comes out.
@Suite(.enabled(if: Tools.here("lame", "sox"), "needs lame and sox")) struct HiddenTests {
  private static let name = Array("Delphine Marchand".utf8)

  private static let episode = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Samples/042-reseau/episode.wav").standardizedFileURL.path

  /// Three seconds of voice in MP3 frames of 192 bytes, each with its own main data alone.
  private static func voice(_ options: String..., in folder: Folder) throws -> [UInt8] {
    try folder.run("sox", "-D", Self.episode, "-b", "16", "-r", "48000", "a.wav", "remix", "1", "trim", "1", "3")
    try folder.run("lame", "--quiet", "-m", "m", "--cbr", "-b", "64", "--nores", options, "a.wav", "a.mp3")
    return try folder.read("a.mp3")
  }

  /// - Returns: what was written, and whether in place.
  private static func cover(_ bytes: [UInt8], in folder: Folder) throws -> (bytes: [UInt8], isInPlace: Bool) {
    try folder.write(bytes, "in.mp3")
    let range = RedactionRange(time: MediaTime(milliseconds: 600)..<MediaTime(milliseconds: 1_200))
    let request = RedactionRequest(input: folder.file("in.mp3"), ranges: [range], outputs: [folder.file("out.mp3")])
    let outcome = try RedactionJob.run(request).inPlace
    let findings = try InspectJob.run(folder.file("out.mp3")).findings
    #expect(findings.isEmpty, "\(findings)")
    let output = try folder.read("out.mp3")
    #expect(Data(output).range(of: Data(name)) == nil)
    guard case .replaced = outcome else { return (output, false) }
    return (output, true)
  }

  /// Fraunhofer's tag with two entries in its table, and a text behind it and in front.
  private static func vbri(frames: Int, byteCount: Int) -> [UInt8] {
    let head: [UInt8] = [0xff, 0xfb, 0x54, 0xc4] + [UInt8](repeating: 0, count: 32)
    let fields: [UInt8] = [0, 1, 0, 0, 0, 75] + Raw.big(byteCount) + Raw.big(frames) + [0, 2, 0, 1, 0, 2, 0, 50]
    let table: [UInt8] = [0x12, 0x34, 0x56, 0x78]
    let tag = head + Array("VBRI".utf8) + fields + table + [0, 0, 0] + name
    return tag + [UInt8](repeating: 0, count: 192 - tag.count)
  }

  @Test("what stands behind the table of Fraunhofer's tag is found, and does not come over")
  func behindVBRI() throws {
    let folder = try Folder()
    let sound = try Self.voice("-t", in: folder)
    let bytes = Self.vbri(frames: sound.count / 192, byteCount: sound.count + 192) + sound
    let output = try Self.cover(bytes, in: folder)
    #expect(output.isInPlace && output.bytes.count == bytes.count)
    #expect(output.bytes[..<66].elementsEqual(bytes[..<66]))
    let findings = try InspectJob.run(folder.file("in.mp3")).findings
    #expect(findings.map(\.kind) == [.outside] && findings.first?.content?.revealed == "Delphine Marchand")
  }

  @Test("a text in an MP3 frame of silence does not come over", arguments: [10, 60, 110])
  func inSilence(index: Int) throws {
    let folder = try Folder()
    let sound = try Self.voice("-t", in: folder)
    let hidden = Array(sound[..<4]) + [UInt8](repeating: 0, count: 17) + Self.name
    let frame = hidden + [UInt8](repeating: 0, count: 192 - hidden.count)
    let output = try Self.cover(sound[..<(index * 192)] + frame + sound[(index * 192)...], in: folder)
    #expect(!output.isInPlace)
  }

  @Test("a second tag in the midst of the sound does not come over: it measured that sound", arguments: [10, 90])
  func secondTag(index: Int) throws {
    let folder = try Folder()
    let (sound, tagged) = (try Self.voice("-t", in: folder), try Self.voice(in: folder))
    let output = try Self.cover(Array(sound[..<(index * 192)]) + tagged, in: folder)
    #expect(!output.isInPlace)
  }

  @Test("main data of MP3 frames that were cut off does not come over")
  func cutOff() throws {
    let folder = try Folder()
    try folder.run("sox", "-D", Self.episode, "-b", "16", "-r", "48000", "a.wav", "remix", "1", "trim", "1", "3")
    try folder.run("lame", "--quiet", "-t", "-m", "m", "--cbr", "-b", "64", "a.wav", "a.mp3")
    let sound = try folder.read("a.mp3")
    // In front of an MP3 frame whose main data begins far back.
    let frames = (80..<110).compactMap { index in Frame(sound[(index * 192)...]).map { (index, $0) } }
    let cut = try #require(frames.max { $0.1.sideInfo.mainDataBegin < $1.1.sideInfo.mainDataBegin })
    let output = try Self.cover(Array(sound[..<(cut.0 * 192)]), in: folder)
    #expect(!output.isInPlace)
    #expect(try InspectJob.run(folder.file("in.mp3")).findings.map(\.kind) == [.ancillary])
  }
}
