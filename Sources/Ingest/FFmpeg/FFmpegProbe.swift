import PCM

/// What ffprobe says of the first sound track.
struct FFmpegProbe {
  let codec: String
  let hertz: Int
  let channels: Int
  let bits: Int
  let isLossless: Bool
  /// In seconds, as the file announces it.
  let duration: Double?

  /// - Parameter text: lines of `key=value`.
  /// - Returns: nil where there is no sound track.
  init?(_ text: String) {
    var values: [Substring: Substring] = [:]
    var durations: [Double] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      if parts[0] == "duration", let seconds = Double(parts[1]), seconds.isFinite, seconds > 0 {
        durations.append(seconds)
      }
      values[parts[0]] = values[parts[0]] ?? parts[1]
    }
    guard let codec = values["codec_name"], let hertz = values["sample_rate"].flatMap({ Int($0) }),
      let channels = values["channels"].flatMap({ Int($0) })
    else { return nil }
    self.codec = String(codec.prefix(32).filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    (self.hertz, self.channels) = (hertz, channels)
    // The track's own comes first; the file's may be that of a longer picture.
    duration = values["duration"].flatMap { Double($0) } == nil ? nil : durations.first
    isLossless = Self.isLossless(self.codec)
    bits = Self.bits(values, isLossless: isLossless)
  }

  private static func isLossless(_ codec: String) -> Bool {
    let known = ["alac", "ape", "flac", "mlp", "tak", "truehd", "tta", "wavpack"]
    return known.contains(codec) || codec.hasPrefix("pcm_")
  }

  private static func bits(_ values: [Substring: Substring], isLossless: Bool) -> Int {
    guard isLossless else { return 32 }
    if let raw = values["bits_per_raw_sample"].flatMap({ Int($0) }), (1...32).contains(raw) {
      return (raw + 7) / 8 * 8
    }
    switch values["sample_fmt"] {
    case "u8", "u8p": return 8
    case "s16", "s16p": return 16
    default: return 32
    }
  }
}
