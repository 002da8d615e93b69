import Foundation

/// MP3 files as encoders out there make them. Needs sox, lame and ffmpeg.
package enum MP3TestSet {
  /// Every encoder, bit rate, kind of stereo and sampling rate, with and without checksums and tags: about 80.
  package static let all: [MP3Recipe] =
    constant + average + variable + lowerRates + dressed + ffmpeg + (hasShine ? shine : [])

  /// One of each kind, for what takes long.
  package static let few: [MP3Recipe] = stride(from: 0, to: all.count, by: 7).map { all[$0] }

  private static let bitrates = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
  private static let rates = [48_000, 44_100, 32_000]

  private static let constant = bitrates.enumerated().flatMap { index, bitrate in
    let stereo = MP3Recipe.Stereo.allCases[index % 2 + 1]
    return [
      MP3Recipe(.lame, hertz: rates[index % 3], .mono, ["--cbr", "-b", "\(bitrate)"]),
      MP3Recipe(.lame, hertz: rates[(index + 1) % 3], stereo, ["--cbr", "-b", "\(bitrate)"], isNoisy: index % 4 == 0),
    ]
  }

  private static let average = [(64, 48_000), (100, 44_100), (190, 44_100), (56, 32_000)].enumerated().map {
    MP3Recipe(.lame, hertz: $1.1, MP3Recipe.Stereo.allCases[$0 % 3], ["--abr", "\($1.0)"], isNoisy: $0 == 2)
  }

  private static let variable = (0...9).map {
    MP3Recipe(.lame, hertz: rates[$0 % 3], MP3Recipe.Stereo.allCases[$0 % 3], ["-V", "\($0)"], isNoisy: $0 % 4 == 1)
  }

  /// MPEG-2 and Fraunhofer's MPEG-2.5.
  private static let lowerRates = [24_000, 22_050, 16_000, 12_000, 11_025, 8_000].enumerated().flatMap {
    let stereo = MP3Recipe.Stereo.allCases[$0 % 2 + 1]
    return [
      MP3Recipe(.lame, hertz: $1, .mono, ["--cbr", "-b", ["8", "24", "64"][$0 % 3]]),
      MP3Recipe(.lame, hertz: $1, stereo, ["--cbr", "-b", $1 > 12_000 ? "160" : "64"], isNoisy: true),
      MP3Recipe(.lame, hertz: $1, stereo, ["-V", "\($0 + 2)"]),
      MP3Recipe(.lame, hertz: $1, stereo, ["-p", "--abr", "40"]),
    ]
  }

  /// Checksums, no tag, other tags, no reservoir.
  private static let dressed: [MP3Recipe] = [
    MP3Recipe(.lame, hertz: 44_100, .joint, ["-p", "--cbr", "-b", "128"]),
    MP3Recipe(.lame, hertz: 48_000, .mono, ["-p", "--cbr", "-b", "64"]),
    MP3Recipe(.lame, hertz: 48_000, .plain, ["-p", "-V", "2"]),
    MP3Recipe(.lame, hertz: 44_100, .joint, ["-t", "--cbr", "-b", "128"]),
    MP3Recipe(.lame, hertz: 44_100, .joint, ["-t", "-p", "-V", "4"]),
    MP3Recipe(.lame, hertz: 32_000, .joint, ["-t", "-p", "--cbr", "-b", "32"], isNoisy: true),
    MP3Recipe(.lame, hertz: 48_000, .joint, ["--nores", "--cbr", "-b", "96"]),
    MP3Recipe(.lame, hertz: 48_000, .joint, ["--cbr", "-b", "128", "--tt", "Réseau", "--ta", "Nora", "--add-id3v2"]),
    MP3Recipe(.lame, hertz: 44_100, .mono, ["-V", "5", "--tt", "Reseau", "--id3v1-only"]),
    MP3Recipe(.lame, hertz: 44_100, .joint, ["--cbr", "-b", "128", "-q", "9"]),
    MP3Recipe(.lame, hertz: 44_100, .joint, ["--cbr", "-b", "128", "-q", "0", "--strictly-enforce-ISO"]),
  ]

  private static let ffmpeg: [MP3Recipe] = [
    MP3Recipe(.ffmpeg, hertz: 48_000, .joint, ["-c:a", "libmp3lame", "-b:a", "128k"]),
    MP3Recipe(.ffmpeg, hertz: 44_100, .plain, ["-c:a", "libmp3lame", "-joint_stereo", "0", "-q:a", "4"]),
    MP3Recipe(.ffmpeg, hertz: 44_100, .mono, ["-c:a", "libmp3lame", "-abr", "1", "-b:a", "80k"]),
    MP3Recipe(.ffmpeg, hertz: 48_000, .joint, ["-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0"]),
    MP3Recipe(
      .ffmpeg, hertz: 22_050, .mono, ["-c:a", "libmp3lame", "-b:a", "32k", "-reservoir", "0", "-write_id3v1", "1"]),
    MP3Recipe(.ffmpeg, hertz: 48_000, .joint, ["-c:a", "libmp3lame", "-b:a", "96k", "-id3v2_version", "0"]),
  ]

  private static let shine = [(44_100, 128), (48_000, 64), (48_000, 192), (44_100, 96)].enumerated().map {
    MP3Recipe(
      .ffmpeg, hertz: $1.0, $0 == 1 ? .mono : .plain, ["-c:a", "libshine", "-b:a", "\($1.1)k"], isNoisy: $0 == 2)
  }

  private static let hasShine: Bool = {
    let ended = try? Tool.run("/usr/bin/env", ["ffmpeg", "-hide_banner", "-encoders"])
    return ended?.outputText.contains("libshine") ?? false
  }()
}

/// How one MP3 file is made.
package struct MP3Recipe: Sendable, CustomStringConvertible {
  package enum Encoder: String, Sendable { case lame, ffmpeg }
  package enum Stereo: String, Sendable, CaseIterable { case mono, joint, plain }

  package let encoder: Encoder
  package let hertz: Int
  package let stereo: Stereo
  /// Of the encoder's command line.
  package let options: [String]
  /// Seeded noise in the middle of the voice: needs many bits.
  package let isNoisy: Bool

  init(_ encoder: Encoder, hertz: Int, _ stereo: Stereo, _ options: [String], isNoisy: Bool = false) {
    (self.encoder, self.hertz, self.stereo, self.options, self.isNoisy) = (encoder, hertz, stereo, options, isNoisy)
  }

  package var channels: Int { stereo == .mono ? 1 : 2 }
  /// Frames of sound that were encoded: 3.7 s.
  package var frames: Int { hertz * 37 / 10 }
  /// Whether a tag is in front. lame writes none where an MP3 frame has too little room for it.
  package var hasTag: Bool {
    guard encoder == .lame else { return !options.contains("-write_xing") }
    let bitrate = isConstant ? constantRate : hertz >= 32_000 ? 128 : hertz >= 16_000 ? 64 : 32
    let length = (hertz >= 32_000 ? 144_000 : 72_000) * bitrate / hertz
    let sideInfo = hertz >= 32_000 ? (channels == 1 ? 17 : 32) : (channels == 1 ? 9 : 17)
    return !options.contains("-t") && length >= 4 + sideInfo + 156
  }

  private var constantRate: Int { options.firstIndex(of: "-b").flatMap { Int(options[$0 + 1]) } ?? 0 }
  /// Whether the tag says how long the sound is: shine leaves its end out, and ffmpeg's tag does not know.
  package var tellsLength: Bool { hasTag && !options.contains("libshine") }
  /// Whether the tag's own checksum is right: ffmpeg takes it over as many bytes as MPEG-1 stereo has in front of it.
  package var hasIntactTag: Bool { hasTag && (encoder == .lame || hertz >= 32_000 && channels == 2) }
  package var isConstant: Bool { options.contains("--cbr") || options.contains("-b:a") && !options.contains("-abr") }
  /// Whether every MP3 frame has a checksum.
  package var isProtected: Bool { options.contains("-p") }

  package var description: String {
    "\(encoder.rawValue) \(options.joined(separator: " ")), \(hertz) Hz \(stereo.rawValue)\(isNoisy ? ", noise" : "")"
  }

  /// Makes the file, and beside it `<name>.wav`, what was encoded.
  /// - Returns: the path of `<name>.mp3`.
  @discardableResult
  package func make(_ name: String = "a", in folder: Folder) throws -> String {
    let (sound, file) = (name + ".wav", name + ".mp3")
    try writeSound(sound, in: folder)
    switch encoder {
    case .lame:
      // Said, because a low bit rate makes lame choose a lower rate.
      let rate = ["--resample", "\(Double(hertz) / 1_000)"]
      try folder.run("lame", "--quiet", "-m", String(mode), rate, options, sound, file)
    case .ffmpeg: try folder.run("ffmpeg", "-v", "error", "-i", sound, options, file)
    }
    return folder.file(file)
  }

  private var mode: Character { stereo == .mono ? "m" : stereo == .joint ? "j" : "s" }

  private static let episode = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Samples/042-reseau/episode.wav").standardizedFileURL.path

  /// The voice a little to one side, where there are two.
  private func writeSound(_ name: String, in folder: Folder) throws {
    let side = stereo == .mono ? [] : ["remix", "1", "1v0.6", "delay", "0", "0.0005"]
    try folder.run(
      "sox", "-D", Self.episode, "-b", "16", name, "trim", "1", "5", ["rate", "\(hertz)"], side,
      ["trim", "0", "\(frames)s"])
    guard isNoisy else { return }
    var bytes = try folder.read(name)
    var seeded = Seeded(UInt64(hertz))
    let samples = frames * channels
    for index in (samples / 3)..<(samples / 2) {
      let value = Int16.random(in: -16_000...16_000, using: &seeded)
      let place = bytes.count - 2 * samples + 2 * index
      (bytes[place], bytes[place + 1]) = (UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8))
    }
    try folder.write(bytes, name)
  }
}
