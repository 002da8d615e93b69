import Ingest
import PCM
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("sox", "ffmpeg", "lame"), "needs sox, ffmpeg and lame")) struct TruncationTests {
  /// Noise, so that compressed files are of some length.
  static func noise(_ bench: Folder, seconds: String = "1.5") throws {
    try bench.run("sox", "-R", "-n", "-r", "44100", "-c", "1", "-b", "16", "in.wav", "synth", seconds, "pinknoise")
  }

  static func make(_ name: String, _ bench: Folder) throws {
    try noise(bench, seconds: name == "a.opus" ? "2.5" : "1.5")
    switch name {
    case "xing.mp3": try bench.run("lame", "--quiet", "-b", "64", "in.wav", name)
    case "bare.mp3": try bench.run("lame", "--quiet", "-t", "-b", "64", "in.wav", name)
    case "tagged.mp3":
      try bench.run(
        "lame", "--quiet", "-V", "5", "--add-id3v2", ["--id3v2-only", "--tt", "Title", "--pad-id3v2-size", "3000"],
        "in.wav", name)
    case "a.opus": try bench.run("ffmpeg", "-nostdin", "-v", "quiet", "-i", "in.wav", "-c:a", "libopus", name)
    case "a.webm", "a.m4a", "a.wma", "a.mkv", "a.caf", "alac.m4a":
      let codec = name == "alac.m4a" ? ["-c:a", "alac"] : name == "a.mkv" ? ["-c:a", "flac"] : []
      let front = name.hasSuffix("m4a") ? ["-movflags", "+faststart"] : []
      try bench.run("ffmpeg", "-nostdin", "-v", "quiet", "-i", "in.wav", codec, front, name)
    default: try bench.run("sox", "in.wav", name)
    }
  }

  static let names = [
    "a.flac", "a.ogg", "a.opus", "xing.mp3", "bare.mp3", "tagged.mp3", "a.aiff", "a.caf", "a.au",
    "a.m4a", "alac.m4a", "a.wma", "a.webm", "a.mkv",
  ]

  @Test("a file that is cut short never passes for a whole one", arguments: names)
  func cut(name: String) throws {
    let bench = try Folder()
    try Self.make(name, bench)
    let whole = try bench.read(name)
    let all = try Heard(bench.file(name))
    for tenths in [1, 3, 5, 7, 9] {
      let path = try bench.write(Array(whole[..<(whole.count * tenths / 10)]), "cut")
      #expect(refusal(path) != nil, "\(name) \(tenths)")
    }
    let nearly = try bench.write(Array(whole[..<(whole.count - 60)]), "cut")
    #expect(refusal(nearly) != nil, "\(name)")
    let half = try bench.write(Array(whole[..<(whole.count * 6 / 10)]), "cut")
    guard let heard = try? Heard(half, allowTruncated: true) else {
      // A caf of compressed sound and the like can't be read without its end.
      Issue.record("\(name) with --allow-truncated: \(String(describing: refusal(half, allowTruncated: true)))")
      return
    }
    #expect(heard.frames > all.frames / 5 && heard.frames < all.frames, "\(name)")
    if let length = heard.description.length { #expect(length.value == Int64(heard.frames), "\(name)") }
    let sure = max(0, heard.samples.count - 2_400)
    if heard.description.isLossless { #expect(heard.samples[..<sure] == all.samples[..<sure], "\(name)") }
  }

  @Test("damage in the middle is refused", arguments: ["a.flac", "a.ogg", "a.opus", "bare.mp3", "xing.mp3"])
  func damage(name: String) throws {
    let bench = try Folder()
    try Self.make(name, bench)
    var bytes = try bench.read(name)
    bytes.replaceSubrange((bytes.count / 2)..<(bytes.count / 2 + 600), with: [UInt8](repeating: 0, count: 600))
    let path = try bench.write(bytes, "damaged")
    #expect(refusal(path) != nil)
    let gone = try bench.write(Array(bytes[..<(bytes.count / 3)] + bytes[(bytes.count / 2)...]), "gone")
    #expect(refusal(gone) != nil)
  }

  @Test("files one after another are not taken for the first of them", arguments: ["a.ogg", "xing.mp3", "tagged.mp3"])
  func joined(name: String) throws {
    let bench = try Folder()
    try Self.make(name, bench)
    let one = try bench.read(name)
    let frames = try Heard(bench.file(name)).frames
    try bench.run("sox", "in.wav", "second.ogg")
    let other = name == "a.ogg" ? try bench.read("second.ogg") : one
    let path = try bench.write(one + other, "joined")
    if let heard = try? Heard(path) { #expect(heard.frames > frames * 19 / 10) }
  }

  @Test("what ffmpeg and sox write into a pipe says no length", arguments: ["wav", "w64", "caf", "aiff", "flac", "au"])
  func piped(format: String) throws {
    let bench = try Folder()
    try Self.noise(bench, seconds: "0.3")
    let bytes = try bench.run("ffmpeg", "-nostdin", "-v", "quiet", "-i", "in.wav", "-f", format, "-")
    let path = try bench.write(bytes, "piped")
    #expect(refusal(path) == .unknownLength)
    let heard = try Heard(path, allowTruncated: true)
    #expect(heard.frames == 13_230)
    #expect(heard.samples == (try Heard(bench.file("in.wav"))).samples)
  }

  @Test("MP3 without the delay and padding of its encoder is as long as the sound was, where LAME's tag says so")
  func gapless() throws {
    let bench = try Folder()
    for frames in [1, 500, 1_151, 1_152, 1_153, 20_000] {
      let tone = Tone(rate: 44_100, channels: 1, frames: frames)
      try bench.write(tone.wave, "in.wav")
      try bench.run("lame", "--quiet", "in.wav", "a.mp3")
      let heard = try Heard(bench.file("a.mp3"))
      #expect(heard.frames == frames)
      #expect(heard.description.length == FrameCount(Int64(frames)))
    }
  }
}
