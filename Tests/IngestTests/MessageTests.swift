import Foundation
import Ingest
import PCM
import ShowModel
import TestSupport
import Testing

/// Pins what people read. `RECORD=1` writes the golden anew.
@Suite struct MessageTests {
  @Test("every refusal says what is wrong, where, and what to do")
  func messages() throws {
    let bench = try Folder()
    var lines: [String] = []
    for (name, bytes) in Self.files {
      let path = try bench.write(bytes, name)
      lines += [Self.message(path, bench)]
    }
    try bench.run("mkdir", "folder")
    try bench.run("mkfifo", "pipe")
    for name in ["folder", "pipe", "missing.wav"] { lines += [Self.message(bench.file(name), bench)] }
    lines += [IngestError.cannotOpen("secret.wav", errorNumber: EACCES), .cannotOpen("card.wav", errorNumber: EIO)]
      .map { "\($0.code.rawValue) \($0.exit.rawValue)\n\($0)\n" }
    let text = lines.joined(separator: "\n")
    #expect(try text == Golden.text("Goldens/messages.txt", now: text))
  }

  private static func message(_ path: String, _ bench: Folder) -> String {
    do {
      _ = try Heard(path, searchPath: "")
      return "\(path) is read"
    } catch let error as IngestError {
      let text = String(describing: error).replacingOccurrences(of: bench.path + "/", with: "")
      return "\(error.code.rawValue) \(error.exit.rawValue)\n\(text)\n"
    } catch {
      return "\(error)"
    }
  }

  private static var files: [(String, [UInt8])] {
    let sound = Ramp.int16(96_000).bytes
    let bad = Ramp.bytes(Float.nan.bitPattern)
    var flac = Array("fLaC".utf8) + [0x80, 0, 0, 34] + [UInt8](repeating: 0, count: 34)
    flac[18] = 0x0B
    let mp3 = (0..<3).flatMap { _ in [0xFF, 0xFB, 0x90, 0x64] + [UInt8](repeating: 0, count: 413) }
    return [
      ("empty.wav", []), ("ranges.csv", Array("start;end\n".utf8)), ("show.aup3", Array("SQLite format 3\0".utf8)),
      ("rubbish.wav", [1, 2, 3]),
      ("episode.m4a", [0, 0, 0, 16] + Array("ftypM4A     ".utf8) + [0, 0, 0, 8] + Array("moov".utf8)),
      ("half.m4a", [0, 0, 0, 16] + Array("ftypM4A     ".utf8) + [0, 0, 9, 8] + Array("moov".utf8)),
      ("cut.wav", WaveWriter(data: sound, announcedData: 960_000).bytes),
      ("cut-by-a-byte.wav", WaveWriter(data: sound, announcedData: UInt64(sound.count) + 1).bytes),
      ("longer.wav", WaveWriter(data: sound, announcedData: 96_000).bytes),
      ("recorder.wav", WaveWriter(data: sound, announcedData: 0xFFFF_FFFF).bytes),
      ("header.wav", Array(WaveWriter(data: sound).bytes.prefix(30))), ("none.wav", WaveWriter().bytes),
      ("slow.wav", WaveWriter(rate: 4_000, data: sound).bytes),
      ("wide.wav", WaveWriter(channels: 9, data: sound).bytes),
      ("codec.wav", WaveWriter(tag: 0x55, data: sound).bytes),
      ("nan.wav", WaveWriter(tag: 3, bits: 32, data: Ramp.float32(50_000).bytes + bad).bytes), ("pipe.flac", flac),
      ("cut.mp3", Array(mp3.dropLast(7))), ("hole.mp3", mp3 + [UInt8](repeating: 7, count: 5_000) + mp3),
      ("old.voc", Array("Creative Voice File\u{1A}".utf8)),
    ]
  }
}
