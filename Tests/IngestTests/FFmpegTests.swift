import Foundation
import Ingest
import PCM
import TestSupport
import Testing

@Suite struct FFmpegTests {
  /// A file that looks like M4A to this program, and says nothing more.
  private static let m4a: [UInt8] = {
    var bytes: [UInt8] = []
    for (name, body) in [("ftyp", Array("M4A \0\0\0\0".utf8)), ("moov", []), ("mdat", [1, 2, 3, 4])] {
      bytes.big(UInt32(body.count + 8))
      bytes.text(name)
      bytes += body
    }
    return bytes
  }()

  private static let probe = "printf 'codec_name=aac\\nsample_rate=8000\\nchannels=1\\nduration=DURATION\\n'"
  /// 1000 frames of silence in an AU file.
  private static let silence =
    "printf '.snd\\0\\0\\0\\034\\377\\377\\377\\377\\0\\0\\0\\006\\0\\0\\037\\100\\0\\0\\0\\001\\0\\0\\0\\0'; head -c 4000 /dev/zero"

  /// Puts shell scripts in the place of ffmpeg and ffprobe.
  /// - Returns: the path to search.
  private func fake(_ bench: Folder, ffmpeg: String, duration: String = "0.125") throws -> String {
    let probe = Self.probe.replacingOccurrences(of: "DURATION", with: duration)
    for (name, script) in [("ffprobe", probe), ("ffmpeg", ffmpeg)] {
      // Written by another process: one that another test starts meanwhile would hold it open for writing, and what is
      // open for writing can't be run.
      try bench.write(Array("#!/bin/sh\n\(script)\n".utf8), name + ".sh")
      try bench.run("install", "-m", "755", name + ".sh", name)
    }
    return bench.path
  }

  private func code(_ script: String, duration: String = "0.125", allowTruncated: Bool = false) throws
    -> IngestError.Code?
  {
    let bench = try Folder()
    let path = try bench.write(Self.m4a, "a.m4a")
    let search = try fake(bench, ffmpeg: script, duration: duration)
    return refusal(path, allowTruncated: allowTruncated, searchPath: search)
  }

  @Test("without ffmpeg, the error names the format and what to install")
  func missing() throws {
    let bench = try Folder()
    let webm: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3, 0x84, 0x42, 0x82, 0x81, 0x77, 0x18, 0x53, 0x80, 0x67, 0x80]
    let asf: [UInt8] = [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0, 0]
    for (bytes, name) in [
      (Self.m4a, "M4A"), (webm, "Matroska"), (asf, "Windows Media"), (Array("#!AMR\n".utf8), "AMR"),
    ] {
      let path = try bench.write(bytes, "a")
      let error = #expect(throws: IngestError.self) {
        try SoundFile.open(path, options: SoundFileOptions(searchPath: ""))
      }
      #expect(error?.code == .needsFFmpeg)
      #expect(error?.problem.contains(name) == true)
      #expect(error?.remedy.contains("apt install ffmpeg") == true)
    }
  }

  @Test("what a good ffmpeg decodes is heard")
  func good() throws { #expect(try code(Self.silence) == nil) }

  @Test("an ffmpeg that fails, is killed, complains or stops early is never taken for the end of the sound")
  func bad() throws {
    #expect(try code("\(Self.silence); exit 1") == .ffmpegFailed)
    #expect(try code("\(Self.silence); exit 1", allowTruncated: true) == nil)
    #expect(try code("\(Self.silence); kill -KILL $$") == .ffmpegFailed)
    #expect(try code("\(Self.silence); kill -KILL $$", allowTruncated: true) == .ffmpegFailed)
    #expect(try code("\(Self.silence); echo partial file >&2") == .damaged)
    #expect(try code("\(Self.silence); echo partial file >&2", allowTruncated: true) == nil)
    #expect(try code("\(Self.silence); printf xx") == .ffmpegFailed)
    #expect(try code(Self.silence, duration: "60") == .truncated)
    #expect(try code(Self.silence, duration: "60", allowTruncated: true) == nil)
    #expect(try code(Self.silence, duration: "N/A") == nil)
    #expect(try code("exit 0") == .ffmpegFailed)
    #expect(try code("echo rubbish rubbish rubbish") == .ffmpegFailed)
  }

  @Test("an ffmpeg that fills its standard error does not stop the sound")
  func flood() throws {
    #expect(try code("head -c 1000000 /dev/zero >&2; \(Self.silence); head -c 1000000 /dev/zero >&2") == .damaged)
  }

  @Test("no process is left behind, whether the sound is read or closed early")
  func noZombies() throws {
    let bench = try Folder()
    let path = try bench.write(Self.m4a, "a.m4a")
    let mark = "\(bench.path)/identifier"
    let search = try fake(bench, ffmpeg: "echo $$ >> '\(mark)'; \(Self.silence); cat /dev/zero")
    for _ in 0..<3 {
      let sound = try SoundFile.open(path, options: SoundFileOptions(searchPath: search))
      var block = SampleBlock(channels: 1, capacity: 100)
      try sound.source.read(into: &block)
      let second = try sound.makeSource()
      second.close()
      sound.close()
    }
    let identifiers = String(decoding: try bench.read("identifier"), as: UTF8.self).split(separator: "\n")
    #expect(identifiers.count == 6)
    for identifier in identifiers {
      #expect(!FileManager.default.fileExists(atPath: "/proc/\(identifier)"), "a process is left")
    }
  }

  @Test("a playlist is no way to other files", .enabled(if: Tools.here("ffmpeg"), "needs ffmpeg"))
  func playlist() throws {
    let bench = try Folder()
    try bench.write(WaveWriter(data: Ramp.int16(1_000).bytes).bytes, "secret.wav")
    let list = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://\(bench.file("secret.wav"))\n#EXT-X-ENDLIST\n"
    #expect(refusal(try bench.write(Array(list.utf8), "a.m4a")) == .text)
    #expect(refusal(try bench.write(Array(list.utf8) + [0], "a.m4a")) == .unknownFormat)
    let concat = "ffconcat version 1.0\nfile secret.wav\n"
    #expect(refusal(try bench.write(Array(concat.utf8) + [0], "a.m4a")) == .unknownFormat)
  }

  @Test("a picture without sound says so", .enabled(if: Tools.here("ffmpeg"), "needs ffmpeg"))
  func noSound() throws {
    let bench = try Folder()
    try bench.run("ffmpeg", "-v", "quiet", "-f", "lavfi", "-i", "color=s=64x64:d=0.2", "a.mp4")
    #expect(refusal(bench.file("a.mp4")) == .noSound)
  }

  @Test(
    "sound is where a player shows it, though its track begins late or has holes",
    .enabled(if: Tools.here("ffmpeg"), "needs ffmpeg"))
  func timeline() throws {
    let bench = try Folder()
    // Silence, and from 2 s to 2.5 s a tone.
    let tone = (0..<32_000).map { (16_000..<20_000).contains($0) ? Int16(($0 % 20 - 10) * 1_000) : 0 }
    try bench.write(WaveWriter(rate: 8_000, data: tone.flatMap { Ramp.bytes($0) }).bytes, "in.wav")
    let late = ["-f", "lavfi", "-i", "color=s=64x64:r=25:d=5", "-itsoffset", "1.5", "-i", "in.wav", "-ar", "48000"]
    let hole = ["-i", "in.wav", "-ar", "48000", "-af", "asetpts='PTS+if(gt(T,1),1.5,0)/TB'"]
    let none = ["-i", "in.wav", "-ar", "48000"]
    for (name, arguments, start) in [
      ("late.mp4", late + ["-c:a", "aac"], 3.5), ("late.mkv", late + ["-c:a", "libopus"], 3.5),
      ("late.ts", late + ["-c:v", "mpeg2video", "-c:a", "aac"], 3.5),
      ("late.m4a", ["-itsoffset", "1.5"] + none + ["-c:a", "aac"], 3.5),
      ("hole.webm", hole + ["-c:a", "libopus"], 3.5), ("hole.m4a", hole + ["-c:a", "aac"], 3.5),
      ("whole.webm", none + ["-c:a", "libopus"], 2), ("whole.m4a", none + ["-c:a", "alac"], 2),
      ("whole.ts", none + ["-c:a", "aac"], 2), ("whole.aac", none + ["-c:a", "aac"], 2),
      ("whole.ac3", none + ["-c:a", "ac3"], 2),
    ] {
      try bench.run("ffmpeg", ["-v", "quiet"] + arguments, name)
      let heard = try Heard(bench.file(name))
      let loud = heard.samples.indices.filter { abs(heard.samples[$0]) > 0.1 }
      let (first, last) = (Double(loud.first ?? 0) / 48_000, Double(loud.last ?? 0) / 48_000)
      // An encoder's delay may stay.
      #expect(abs(first - start) < 0.07 && abs(last - start - 0.5) < 0.07, "\(name): \(first) to \(last)")
    }
  }

  @Test("file names mean nothing to ffmpeg", .enabled(if: Tools.here("ffmpeg"), "needs ffmpeg"))
  func names() throws {
    let bench = try Folder()
    try bench.write(Tone(rate: 8_000, channels: 1, frames: 2_000).wave, "in.wav")
    try bench.run("ffmpeg", "-v", "quiet", "-i", "in.wav", "a.m4a")
    for name in ["-y.m4a", "concat:a|b.m4a", "with space.m4a", "%d.m4a", "two\nlines.m4a", "http:x"] {
      try bench.run("cp", "--", "a.m4a", "./" + name)
      #expect(refusal(bench.file(name)) == nil)
    }
  }
}
