import Foundation
import Ingest
import PCM
import TestSupport
import Testing

@Suite(.enabled(if: Tools.here("sox", "ffmpeg", "lame"), "needs sox, ffmpeg and lame")) struct EncodedTests {
  struct Form: CustomTestStringConvertible, Sendable {
    let name: String
    let rates: [Int]
    let channels: [Int]
    let container: String
    let codec: String
    let bits: Int
    /// How far a sample may be from the one that was encoded; 0: the same; 1: what counts is what ffmpeg hears.
    let tolerance: Float
    /// Whether the length is that of the sound that was encoded.
    var isExactlyLong = true
    let make: @Sendable (Folder) throws -> Void
    var testDescription: String { name }
  }

  private static func ffmpeg(_ arguments: String..., to name: String) -> @Sendable (Folder) throws -> Void {
    { bench in
      try bench.run("ffmpeg", "-nostdin", "-v", "quiet", "-y", "-i", "in.wav", arguments, [name])
    }
  }

  private static func sox(_ arguments: String..., to name: String) -> @Sendable (Folder) throws -> Void {
    { bench in try bench.run("sox", "-D", "in.wav", arguments, [name]) }
  }

  private static func lame(_ arguments: String...) -> @Sendable (Folder) throws -> Void {
    { bench in try bench.run("lame", "--quiet", arguments, ["in.wav", "a.mp3"]) }
  }

  private static let all = [8_000, 22_050, 44_100, 48_000, 96_000, 192_000]
  private static let speech = [8_000, 16_000, 22_050, 44_100, 48_000]

  static let forms = [
    Form(
      name: "a.flac", rates: all, channels: [1, 2, 6, 8], container: "FLAC", codec: "FLAC", bits: 16, tolerance: 0,
      make: ffmpeg(to: "a.flac")),
    Form(
      name: "a24.flac", rates: [48_000], channels: [2], container: "FLAC", codec: "FLAC", bits: 24, tolerance: 0,
      make: sox("-b", "24", to: "a24.flac")),
    Form(
      name: "a.aiff", rates: all, channels: [1, 2, 6], container: "AIFF", codec: "PCM", bits: 16, tolerance: 0,
      make: sox(to: "a.aiff")),
    Form(
      name: "a.aifc", rates: [44_100], channels: [2], container: "AIFF", codec: "PCM", bits: 16, tolerance: 0,
      make: ffmpeg("-c:a", "pcm_s16le", to: "a.aifc")),
    Form(
      name: "a.caf", rates: all, channels: [1, 2], container: "CAF", codec: "PCM", bits: 16, tolerance: 0,
      make: ffmpeg(to: "a.caf")),
    Form(
      name: "a.au", rates: all, channels: [1, 2], container: "AU", codec: "PCM", bits: 16, tolerance: 0,
      make: ffmpeg(to: "a.au")),
    Form(
      name: "a.w64", rates: all, channels: [1, 2, 8], container: "W64", codec: "PCM", bits: 16, tolerance: 0,
      make: ffmpeg("-f", "w64", to: "a.w64")),
    Form(
      name: "rf64.wav", rates: all, channels: [1, 2], container: "RF64", codec: "PCM", bits: 16, tolerance: 0,
      make: ffmpeg("-rf64", "always", to: "rf64.wav")),
    Form(
      name: "a.ogg", rates: speech, channels: [1, 2], container: "Ogg", codec: "Vorbis", bits: 32, tolerance: 0.1,
      make: sox("-C", "8", to: "a.ogg")),
    Form(
      name: "a.opus", rates: [48_000], channels: [1, 2], container: "Ogg", codec: "Opus", bits: 32, tolerance: 0.1,
      make: ffmpeg("-c:a", "libopus", "-b:a", "128k", to: "a.opus")),
    Form(
      name: "a.mp3", rates: speech, channels: [1, 2], container: "MP3", codec: "MP3", bits: 32, tolerance: 0.1,
      make: lame("-b", "128", "--noreplaygain", "--nohist", "-k")),
    Form(
      name: "a.mp3", rates: [48_000], channels: [2], container: "MP3", codec: "MP3", bits: 32, tolerance: 0.1,
      make: lame("-V", "3", "-k", "--tt", "Title", "--id3v2-only")),
    Form(
      name: "gsm.wav", rates: [8_000], channels: [1], container: "WAV", codec: "GSM 6.10", bits: 16, tolerance: 0.25,
      isExactlyLong: false, make: sox("-e", "gsm", to: "gsm.wav")),
    Form(
      name: "ima.wav", rates: [22_050], channels: [1, 2], container: "WAV", codec: "ADPCM", bits: 16, tolerance: 0.15,
      isExactlyLong: false, make: ffmpeg("-c:a", "adpcm_ima_wav", to: "ima.wav")),
    Form(
      name: "ms.wav", rates: [22_050], channels: [1, 2], container: "WAV", codec: "ADPCM", bits: 16, tolerance: 0.1,
      isExactlyLong: false, make: sox("-e", "ms-adpcm", to: "ms.wav")),
    Form(
      name: "a.m4a", rates: [44_100, 48_000], channels: [1, 2], container: "M4A", codec: "aac", bits: 32,
      tolerance: 1, isExactlyLong: false, make: ffmpeg("-b:a", "128k", to: "a.m4a")),
    Form(
      name: "alac.m4a", rates: [48_000], channels: [2], container: "M4A", codec: "alac", bits: 16, tolerance: 0,
      make: ffmpeg("-c:a", "alac", to: "alac.m4a")),
    Form(
      name: "a.wma", rates: [44_100], channels: [2], container: "Windows Media (wma, wmv)", codec: "wmav2", bits: 32,
      tolerance: 1, isExactlyLong: false, make: ffmpeg("-b:a", "128k", to: "a.wma")),
    Form(
      name: "a.webm", rates: [48_000], channels: [2], container: "WebM", codec: "opus", bits: 32, tolerance: 1,
      isExactlyLong: false, make: ffmpeg("-c:a", "libopus", "-b:a", "128k", to: "a.webm")),
    Form(
      name: "a.mkv", rates: [48_000], channels: [2], container: "Matroska (mkv)", codec: "flac", bits: 16,
      tolerance: 0, make: ffmpeg("-c:a", "flac", to: "a.mkv")),
    Form(
      name: "a.mp4", rates: [48_000], channels: [2], container: "MP4", codec: "aac", bits: 32, tolerance: 1,
      isExactlyLong: false,
      make: { bench in
        try bench.run(
          "ffmpeg", "-nostdin", "-v", "quiet", "-y", "-f", "lavfi", ["-i", "color=s=64x64:d=0.3"],
          ["-i", "in.wav", "-b:a", "128k", "a.mp4"])
      }),
  ]

  @Test(
    "sound of every format is heard as it was encoded, at its rate, on its channels, to its length", arguments: forms)
  func everyFormat(form: Form) throws {
    let bench = try Folder()
    for rate in form.rates {
      for channels in form.channels {
        // ffmpeg counts the padding of W64 as sound.
        let count = rate / 40 * 8
        let sound = Tone(rate: rate, channels: channels, frames: count)
        try bench.write(sound.wave, "in.wav")
        try form.make(bench)
        let heard = try Heard(bench.file(form.name))
        let what = Comment(rawValue: "\(form.name) \(rate) Hz \(channels) channels")
        #expect(heard.description.format.rate.hertz == rate, what)
        #expect(heard.description.format.channels == channels, what)
        #expect(heard.description.container == form.container, what)
        #expect(heard.description.codec == form.codec, what)
        #expect(heard.description.bits == form.bits, what)
        #expect(heard.description.isLossless == (form.tolerance == 0), what)
        if let length = heard.description.length { #expect(length.value == Int64(heard.frames), what) }
        if form.isExactlyLong { #expect(heard.frames == count, what) }
        #expect(sound.distance(to: heard) <= form.tolerance, what)
        if form.tolerance == 1 { #expect(heard.samples == (try Self.ffmpegHears(form.name, bench)), what) }
      }
    }
  }

  @Test(
    "old formats that cannot be checked are read only where that is allowed", arguments: ["voc", "nist", "sf", "paf"])
  func unchecked(name: String) throws {
    let bench = try Folder()
    let tone = Tone(rate: 8_000, channels: 1, frames: 800)
    try bench.write(tone.wave, "in.wav")
    try bench.run("sox", "in.wav", "a." + name)
    #expect(refusal(bench.file("a." + name)) == .unknownLength)
    let heard = try Heard(bench.file("a." + name), allowTruncated: true)
    #expect(heard.frames == 800)
    #expect(tone.distance(to: heard) == 0)
  }

  private static func ffmpegHears(_ name: String, _ bench: Folder) throws -> [Float] {
    let bytes = try bench.run("ffmpeg", "-nostdin", "-v", "quiet", "-i", name, "-c:a", "pcm_f32le", "-f", "f32le", "-")
    return bytes.withUnsafeBytes { raw in
      (0..<(raw.count / 4)).map {
        Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
      }
    }
  }

  @Test("a second pass reads the same samples, while the first one goes on", arguments: ["a.flac", "a.mp3", "a.m4a"])
  func secondPass(name: String) throws {
    let bench = try Folder()
    try bench.write(Tone(rate: 44_100, channels: 2, frames: 9_000).wave, "in.wav")
    try #require(Self.forms.first { $0.name == name }).make(bench)
    let sound = try SoundFile.open(bench.file(name))
    defer { sound.close() }
    var block = SampleBlock(channels: 2, capacity: 100)
    try sound.source.read(into: &block)
    let start = Array(block.samples)
    try bench.write([], name + ".other")
    try bench.run("mv", name + ".other", name)
    let second = try sound.makeSource()
    let all = try second.allSamples(capacity: 1_000)
    second.close()
    let rest = try sound.source.allSamples(capacity: 1_000)
    #expect(start + rest == all)
    #expect(try SoundFile.countFrames(of: sound) == FrameCount(Int64(all.count / 2)))
  }
}

/// A sine on every channel, each of its own frequency, as 16-bit samples.
struct Tone {
  let rate: Int
  let channels: Int
  let values: [Int16]

  init(rate: Int, channels: Int, frames: Int) {
    (self.rate, self.channels) = (rate, channels)
    values = (0..<(frames * channels)).map { index in
      let cycles = Double(index / channels) * (300 + 40 * Double(index % channels)) / Double(rate)
      return Int16((10_000 * sin(2 * .pi * cycles)).rounded())
    }
  }

  var wave: [UInt8] {
    WaveWriter(
      isExtensible: channels > 2, channels: UInt16(channels), rate: UInt32(rate),
      data: values.flatMap { Ramp.bytes($0) }
    ).bytes
  }

  /// The largest difference to `heard` over the length of both.
  func distance(to heard: Heard) -> Float {
    zip(values, heard.samples).reduce(0) { max($0, abs(Float($1.0) / 32_768 - $1.1)) }
  }
}
