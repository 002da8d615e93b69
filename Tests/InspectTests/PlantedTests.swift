import Encode
import Foundation
import PCM
import Production
import ShowModel
import TestSupport
import Testing

/// One leak a file, each found where it is; and nothing else.
@Suite struct PlantedTests {
  /// What is planted: in which kind of file, what of it is at the place that is found, and what it must be called.
  struct Leak: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: Finding.Kind
    let mark: String
    let plant: @Sendable (Plain) throws -> [UInt8]

    var testDescription: String { name }

    init(_ name: String, _ kind: Finding.Kind, _ mark: String, _ plant: @escaping @Sendable (Plain) throws -> [UInt8]) {
      (self.name, self.kind, self.mark, self.plant) = (name, kind, mark, plant)
    }
  }

  private static func tag(_ name: String, _ body: [UInt8], _ plain: Plain) throws -> [UInt8] {
    try Raw.id3v2([(name, body)]) + plain.mp3()
  }

  static let mp3: [Leak] = [
    Leak("ID3v1", .id3v1, "TAG") { try $0.mp3() + Raw.id3v1("Delphine") },
    Leak("APE", .ape, "APETAGEX") { try $0.mp3() + Raw.ape("Title", "Delphine") },
    Leak("Lyrics3", .lyrics3, "LYRICSBEGIN") {
      try $0.mp3() + Array("LYRICSBEGININD0000200000028LYRICS200".utf8) + Raw.id3v1("x")
    },
    Leak("a second tag", .secondTag, "ID3\u{3}\u{0}\u{0}\u{0}\u{0}\u{0}\u{13}TALB") {
      try Raw.id3v2([("TIT2", Raw.latin("x"))]) + Raw.id3v2([("TALB", Raw.latin("Delphine"))]) + $0.mp3()
    },
    Leak("padding", .padding, "\u{0}\u{0}Delphine") {
      try Raw.id3v2([("TIT2", Raw.latin("x"))], padding: [0, 0] + Array("Delphine".utf8) + [0, 0]) + $0.mp3()
    },
    Leak("PRIV", .privateFrame, "PRIV") { try tag("PRIV", Array("org.example\0Delphine".utf8), $0) },
    Leak("GEOB", .privateFrame, "GEOB") { try tag("GEOB", [0, 0] + Array("a.pdf\0b\0Delphine".utf8), $0) },
    Leak("UFID", .privateFrame, "UFID") { try tag("UFID", Array("http://example.org\0Delphine".utf8), $0) },
    Leak("RVA2", .measure, "RVA2") { try tag("RVA2", Array("track\0".utf8) + [1, 2, 3, 16, 1, 2], $0) },
    Leak("TXXX", .unusualField, "Delphine") { try tag("TXXX", Raw.latin("Recorded by\0Delphine"), $0) },
    Leak("USLT", .lyrics, "Delphine") { try tag("USLT", [0] + Array("fra\0Delphine a dit".utf8), $0) },
    Leak("TSSE", .software, "Editor 9.1") { try tag("TSSE", Raw.latin("Editor 9.1"), $0) },
    Leak("TENC", .encodedBy, "Delphine") { try tag("TENC", Raw.latin("Delphine"), $0) },
    Leak("replay gain", .measure, "-3.2 dB") { try tag("TXXX", Raw.latin("replaygain_track_gain\0-3.2 dB"), $0) },
    Leak("a folder of Windows", .path, "C:\\Users") {
      try tag("COMM", [0] + Array("fra\0C:\\Users\\Delphine\\ep.wav".utf8), $0)
    },
    Leak("a folder of a Mac", .path, "/Users/") { try tag("TIT2", Raw.latin("/Users/delphine/ep.wav"), $0) },
    Leak("a computer", .path, "DESKTOP-4F7K2P1") { try tag("TALB", Raw.latin("DESKTOP-4F7K2P1"), $0) },
    Leak("a mailbox", .path, "delphine@example.org") { try tag("TPE1", Raw.latin("delphine@example.org"), $0) },
    Leak("rubbish in front", .outside, "Delphine") {
      try Raw.id3v2([("TIT2", Raw.latin("x"))]) + Array("Delphine".utf8) + $0.mp3()
    },
    Leak("rubbish behind", .outside, "Delphine") { try $0.mp3() + Array("Delphine was here".utf8) },
    Leak("rubbish between MP3 frames", .outside, "Delphine") {
      let mp3 = try $0.mp3()
      return Array(mp3[..<(384 * 20)]) + Array("Delphine".utf8) + Array(mp3[(384 * 20)...])
    },
    Leak("half an MP3 frame", .outside, "\u{ff}") { Array(try $0.mp3().dropLast(100)) },
    Leak("behind the tag of the first MP3 frame", .outside, "\u{0}\u{0}") {
      var mp3 = try $0.mp3()
      mp3.replaceSubrange(370..<378, with: Array("Delphine".utf8))
      return mp3
    },
    Leak("LAME's peak", .measure, "\u{3f}\u{1}\u{2}\u{3}") {
      var mp3 = try $0.mp3()
      let name = try #require(Data(mp3).range(of: Data("LAME3.100".utf8)))
      mp3.replaceSubrange((name.lowerBound + 11)..<(name.lowerBound + 15), with: [0x3f, 1, 2, 3])
      return mp3
    },
    Leak("a reservoir", .ancillary, "\u{0}") {
      var mp3 = try $0.mp3()
      let empty = try #require(Data(mp3).range(of: Data(count: 120), in: (384 * 30)..<mp3.count))
      mp3.replaceSubrange((empty.lowerBound + 50)..<(empty.lowerBound + 58), with: Array("Delphine".utf8))
      return mp3
    },
  ]

  static let pictures: [Leak] = [
    Leak("EXIF in a PNG", .picture, "\u{89}PNG") {
      try tag(
        "APIC", [0] + Array("image/png\0".utf8) + [3, 0] + Picture.png(extra: [("eXIf", Array("Lyon".utf8))]), $0)
    },
    Leak("the name of a picture", .pictureName, "Delphine") {
      try tag("APIC", [0] + Array("image/png\0".utf8) + [3] + Array("Delphine\0".utf8) + Picture.png(), $0)
    },
    Leak("a thumbnail", .thumbnail, "\u{ff}") {
      let small: [UInt8] = [0xff, 0xd8, 0xff, 0xd9]
      let exif = Array("Exif\0\0".utf8) + small
      let jpeg: [UInt8] =
        [0xff, 0xd8, 0xff, 0xe1, 0, UInt8(exif.count + 2)] + exif
        + [0xff, 0xc0, 0, 11, 8, 0, 1, 0, 2, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x7f, 0xff, 0xd9]
      return try tag("APIC", [0] + Array("image/jpeg\0".utf8) + [3, 0] + jpeg, $0)
    },
  ]

  static let others: [Leak] = [
    Leak("bext", .bext, "bext") {
      let body = Array("Delphine".utf8) + [UInt8](repeating: 0, count: 594)
      return Raw.adding(Raw.chunk("bext", body), to: try $0.wav())
    },
    Leak("iXML", .iXML, "iXML") {
      Raw.adding(Raw.chunk("iXML", Array("<BWFXML><NOTE>Delphine</NOTE></BWFXML>".utf8)), to: try $0.wav())
    },
    Leak("XMP", .XMP, "_PMX") {
      Raw.adding(Raw.chunk("_PMX", Array("<x:xmpmeta>Delphine</x:xmpmeta>".utf8)), to: try $0.wav())
    },
    Leak("a label", .label, "LIST") {
      let label = Raw.chunk("labl", Raw.little(1) + Array("Delphine\0".utf8))
      return Raw.adding(Raw.chunk("LIST", Array("adtl".utf8) + label), to: try $0.wav())
    },
    Leak("a cue point", .label, "cue ") {
      let point = Raw.little(1) + Raw.little(0) + Array("data".utf8) + Raw.little(0) + Raw.little(0) + Raw.little(0)
      return Raw.adding(Raw.chunk("cue ", Raw.little(1) + point), to: try $0.wav())
    },
    Leak("the program that wrote a WAV", .software, "Editor") {
      let text = Raw.chunk("ISFT", Array("Editor 9.1\0".utf8))
      return Raw.adding(Raw.chunk("LIST", Array("INFO".utf8) + text), to: try $0.wav())
    },
    Leak("a chunk of somebody's own", .chunk, "dlph") {
      Raw.adding(Raw.chunk("dlph", Array("Delphine".utf8)), to: try $0.wav())
    },
    Leak("a filling chunk", .padding, "JUNK") {
      Raw.adding(Raw.chunk("JUNK", Array("Delphine".utf8)), to: try $0.wav())
    },
    Leak("peaks", .measure, "PEAK") {
      Raw.adding(Raw.chunk("PEAK", [UInt8](repeating: 1, count: 16)), to: try $0.wav())
    },
    Leak("behind a WAV", .outside, "\u{1}Delphine") { try $0.wav() + Array("\u{1}Delphine".utf8) },
    Leak("an application block", .privateFrame, "\u{2}\u{0}\u{0}\u{c}") {
      Raw.adding(block: 2, Array("riffDelphine".utf8), to: try $0.flac())
    },
    Leak("the padding of FLAC", .padding, "\u{1}\u{0}\u{0}\u{8}") {
      Raw.adding(block: 1, Array("Delphine".utf8), to: try $0.flac())
    },
    Leak("ID3v1 behind FLAC", .id3v1, "TAG") { try $0.flac() + Raw.id3v1("Delphine") },
    Leak("behind an Ogg", .outside, "Delphine") { try $0.bytes(.vorbis(quality: 0.4)) + Array("Delphine".utf8) },
  ]

  @Test("a planted leak is found, where it is, and nothing else", arguments: mp3 + pictures + others)
  func found(leak: Leak) throws {
    let plain = try Plain()
    let bytes = try leak.plant(plain)
    let findings = try InspectJob.run(plain.folder.write(bytes, "leak")).findings
    #expect(findings.contains { $0.kind == leak.kind }, "\(findings)")
    // ID3v1 must be behind Lyrics3, what a thumbnail is in is surplus as well, and a cut leaves a reservoir behind.
    let rest = findings.filter { ![leak.kind, .id3v1, .picture].contains($0.kind) && !leak.name.hasPrefix("half") }
    #expect(rest.isEmpty, "\(rest)")
    let offset = try #require(findings.first { $0.kind == leak.kind }?.offset)
    let mark = leak.mark.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    #expect(bytes.dropFirst(Int(offset)).starts(with: mark), "\(offset)")
  }

  @Test("a byte that no granule refers to is given with its time")
  func time() throws {
    let plain = try Plain()
    let leak = try #require(Self.mp3.last)
    let findings = try InspectJob.run(plain.folder.write(leak.plant(plain), "leak.mp3")).findings
    let time = try #require(findings.first?.time).seconds
    #expect(time > 0.5 && time < 2)
    #expect(findings.first?.content?.revealed == "Delphine")
  }

  @Test("of very many places of one kind, some are told")
  func limit() throws {
    let plain = try Plain()
    let frame: [UInt8] = Array("PRIV".utf8) + [0, 0, 0, 0, 0, 0]
    let frames = [UInt8]([[UInt8]](repeating: frame, count: 50_000).joined())
    let length = (0..<4).map { UInt8(frames.count >> (21 - 7 * $0) & 0x7f) }
    let tag: [UInt8] = Array("ID3".utf8) + [3, 0, 0] + length + frames
    let bytes: [UInt8] = tag + tag + (try plain.mp3())
    let findings = try InspectJob.run(plain.folder.write(bytes, "leak.mp3")).findings
    let count = findings.count { $0.kind == .privateFrame }
    #expect(count > 0 && count <= 200)
  }

  @Test("samples far above full scale have a loudness that can be told, or none")
  func loud() throws {
    let plain = try Plain()
    let samples = (0..<96_000).map { index -> Float in index % 64 < 32 ? 3e38 : -3e38 }
    let data = samples.flatMap { Raw.little(Int($0.bitPattern)) }
    let format: [UInt8] = [3, 0, 1, 0] + Raw.little(48_000) + Raw.little(192_000) + [4, 0, 32, 0]
    let body = Array("WAVE".utf8) + Raw.chunk("fmt ", format) + Raw.chunk("data", data)
    let wave = Array("RIFF".utf8) + Raw.little(body.count) + body
    let loudness = try InspectJob.run(plain.folder.write(wave, "loud.wav")).loudness
    let levels = [loudness.integrated, loudness.range, loudness.samplePeak, loudness.truePeak]
    #expect(levels.compactMap { $0 }.allSatisfy { $0.isFinite })
  }

  @Test("whatever bytes a file holds, it is looked at or refused")
  func hostile() throws {
    var seeded = Seeded(11)
    let plain = try Plain()
    let seeds = try (Self.mp3 + Self.pictures + Self.others).map { try $0.plant(plain) }
    for number in seeds.indices {
      var bytes = seeds[number]
      let edges = [0..<min(600, bytes.count), max(0, bytes.count - 600)..<bytes.count]
      for _ in 0..<Int.random(in: 1...8, using: &seeded) {
        let edge = edges[Int.random(in: 0..<2, using: &seeded)].clamped(to: 0..<bytes.count)
        guard let at = edge.randomElement(using: &seeded) else { continue }
        switch Int.random(in: 0..<4, using: &seeded) {
        case 0: bytes.removeLast(Int.random(in: 1...at + 1, using: &seeded) / 8)
        case 1: bytes.insert(contentsOf: bytes[at...].prefix(9), at: at)
        default: bytes[at] = UInt8.random(in: 0...255, using: &seeded)
        }
      }
      do {
        let findings = try InspectJob.run(plain.folder.write(bytes, "x")).findings
        #expect(findings.allSatisfy { ($0.offset ?? 0) >= 0 && ($0.offset ?? 0) <= Int64(bytes.count) })
      } catch let error as any ExplainedError { #expect(!error.remedy.isEmpty) }
    }
  }
}
