import Ingest
import PCM
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("sox", "lame"), "needs sox and lame")) struct MP3Tests {
  @Test(
    "MP3 of variable bit rate is heard to its end, though no tag says where that is",
    arguments: [8_000, 16_000, 22_050, 44_100, 48_000])
  func variableWithoutTag(rate: Int) throws {
    let bench = try Folder()
    // Quiet, then loud: the first MP3 frame has a low bit rate.
    try bench.run(
      "sox", "-R", "-n", "-r", "\(rate)", "-c", "2", "-b", "16", "in.wav", "synth", "0.6", "whitenoise",
      ["fade", "l", "0.5", "0.6", "0"])
    for tag in [["-t"], []] {
      try bench.run("lame", "--quiet", tag, "-V", "4", "--resample", "\(Double(rate) / 1_000)", "in.wav", "a.mp3")
      let heard = try Heard(bench.file("a.mp3"))
      #expect(heard.description.format.rate.hertz == rate)
      #expect(heard.description.length == FrameCount(Int64(heard.frames)))
      if tag.isEmpty {
        #expect(heard.frames == rate * 6 / 10)
      } else {
        // The encoder's delay in front, and what fills the last MP3 frames.
        #expect(heard.frames > rate * 6 / 10 + 528 && heard.frames < rate * 6 / 10 + 4 * 1_152)
      }
    }
  }

  @Test("the MP3 frame that holds Fraunhofer's tag is no sound")
  func fraunhofer() throws {
    let bench = try Folder()
    try bench.write(Tone(rate: 44_100, channels: 1, frames: 9_000).wave, "in.wav")
    try bench.run("lame", "--quiet", "-b", "64", "in.wav", "a.mp3")
    let whole = try bench.read("a.mp3")
    let (length, count) = try #require(Self.firstFrame(whole))
    var bytes = whole
    bytes.replaceSubrange(4..<length, with: [UInt8](repeating: 0, count: length - 4))
    let tag = Array("VBRI".utf8) + [0, 1, 0, 0, 0, 75] + Ramp.bytes(UInt32(bytes.count).byteSwapped)
    for (announced, code) in [(count + 5, IngestError.Code.truncated), (count - 5, .longerThanAnnounced)] {
      bytes.replaceSubrange(36..<50, with: tag)
      bytes.replaceSubrange(50..<54, with: Ramp.bytes(UInt32(announced).byteSwapped))
      #expect(refusal(try bench.write(bytes, "b.mp3")) == code)
    }
    bytes.replaceSubrange(50..<54, with: Ramp.bytes(UInt32(count).byteSwapped))
    let heard = try Heard(try bench.write(bytes, "b.mp3"))
    #expect(heard.frames == count * 1_152)
    let plain = try Heard(try bench.write(Array(whole[length...]), "c.mp3"))
    #expect(plain.samples == heard.samples)
  }

  @Test("a tag that announces another number of MP3 frames than there are is a lie")
  func lyingTag() throws {
    let bench = try Folder()
    try bench.write(Tone(rate: 44_100, channels: 1, frames: 9_000).wave, "in.wav")
    try bench.run("lame", "--quiet", "-b", "64", "in.wav", "a.mp3")
    let whole = try bench.read("a.mp3")
    let (_, count) = try #require(Self.firstFrame(whole))
    // Mono, MPEG-1: 4 bytes of header, 17 of side information, `Info`, flags.
    for (announced, code) in [(count * 2, IngestError.Code.truncated), (count - 3, .longerThanAnnounced), (0, nil)] {
      let bytes = whole.replacing(UInt32(announced).byteSwapped, at: 29)
      let path = try bench.write(bytes, "b.mp3")
      #expect(refusal(path) == code, "\(announced)")
      let heard = try Heard(path, allowTruncated: true)
      #expect(heard.description.length == FrameCount(Int64(heard.frames)))
      #expect(heard.frames >= 9_000)
    }
  }

  @Test("MP3 without a tag is heard from its first frame of sound on", arguments: [1, 2], [8_000, 22_050, 44_100])
  func startsWhereItStarts(channels: Int, rate: Int) throws {
    let bench = try Folder()
    try bench.write(Tone(rate: rate, channels: channels, frames: 9_000).wave, "in.wav")
    let settings = ["--quiet", "-b", "64", "--resample", "\(Double(rate) / 1_000)"]
    try bench.run("lame", settings, "in.wav", "tagged.mp3")
    try bench.run("lame", settings, "-t", "in.wav", "bare.mp3")
    let tagged = try Heard(bench.file("tagged.mp3"))
    let bare = try Heard(bench.file("bare.mp3"))
    #expect(tagged.frames == 9_000)
    // LAME's 576 and the decoder's 529 frames of delay, which no tag takes off.
    let delay = 1_105 * channels
    let differences = zip(tagged.samples, bare.samples.dropFirst(delay)).map { abs($0 - $1) }
    #expect(differences.count == 9_000 * channels)
    #expect(differences.max() ?? 1 < 0.001)
  }

  @Test("a stream that begins in the middle of another is as long as its MP3 frames", arguments: [1, 2, 5])
  func beginsInTheMiddle(dropped: Int) throws {
    let bench = try Folder()
    try bench.run("sox", "-R", "-n", "-r", "48000", "-c", "1", "-b", "16", "in.wav", "synth", "0.5", "whitenoise")
    try bench.run("lame", "--quiet", "-t", "-b", "64", "in.wav", "a.mp3")
    let whole = try bench.read("a.mp3")
    let (length, count) = try #require(Self.firstFrame(whole))
    let path = try bench.write(Array(whole[(dropped * length)...]), "b.mp3")
    #expect(try Heard(path).frames == (count + 1 - dropped) * 1_152)
  }

  @Test("a long stream, gone through in stretches, is as long as its MP3 frames, and damage in it is noticed")
  func longStream() throws {
    let bench = try Folder()
    // MPEG-1, 128 kbit/s, 48 kHz, mono, without a checksum; nothing in it. 384 bytes do not divide a stretch.
    let frame = [0xFF, 0xFB, 0x94, 0xC0] + [UInt8](repeating: 0, count: 380)
    let count = 35_000
    var bytes = Array([[UInt8]](repeating: frame, count: count).joined())
    let whole = try SoundFile.open(try bench.write(bytes, "whole.mp3"))
    defer { whole.close() }
    #expect(whole.description.length == FrameCount(Int64(count) * 1_152))
    for place in [15_000, 34_000] {
      var damaged = bytes
      damaged.removeSubrange((place * 384)..<(place * 384 + 40))
      #expect(refusal(try bench.write(damaged, "damaged.mp3")) == .damaged, "\(place)")
    }
    // Headers at which nobody arrives.
    for number in 0..<6 {
      let place = 4 << 20 + number * 384
      bytes.replaceSubrange(place..<(place + 4), with: frame.prefix(4))
    }
    let odd = try SoundFile.open(try bench.write(bytes, "odd.mp3"))
    defer { odd.close() }
    #expect(odd.description.length == whole.description.length)
  }

  /// The length of the first of MP3 frames that are all alike, and how many follow.
  private static func firstFrame(_ bytes: [UInt8]) -> (length: Int, others: Int)? {
    let next = (100..<bytes.count).first { place in
      bytes[place] == 0xFF && bytes[place + 1] == bytes[1] && bytes[place + 3] & 0xF0 == bytes[3] & 0xF0
    }
    return next.map { ($0, (bytes.count - $0) / $0) }
  }
}
