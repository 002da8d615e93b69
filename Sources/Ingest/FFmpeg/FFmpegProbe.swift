import PCM

/// What ffprobe says of the first sound track.
struct FFmpegProbe {
  let codec: String
  let hertz: Int
  let channels: Int
  let bits: Int
  let isLossless: Bool
  /// In seconds, as the file announces it, of what is heard from the start of ``timeline`` on.
  let duration: Double?
  let timeline: FFmpegTimeline

  /// - Parameter text: lines of `key=value`.
  /// - Returns: nil where there is no sound track.
  init?(_ text: String) {
    var (values, ofFile): ([Substring: Substring], [Substring: Substring]) = ([:], [:])
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      // ffprobe speaks of the file behind the track, and of its format first.
      if parts[0] == "format_name" || !ofFile.isEmpty {
        ofFile[parts[0]] = parts[1]
      } else {
        values[parts[0]] = values[parts[0]] ?? parts[1]
      }
    }
    guard let codec = values["codec_name"], let hertz = values["sample_rate"].flatMap({ Int($0) }),
      let channels = values["channels"].flatMap({ Int($0) })
    else { return nil }
    self.codec = String(codec.prefix(32).filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    (self.hertz, self.channels) = (hertz, channels)
    let kind = String(ofFile["format_name"] ?? "")
    timeline = FFmpegTimeline(kind, track: Self.seconds(values["start_time"]), file: Self.seconds(ofFile["start_time"]))
    duration = Self.duration(values, ofFile, kind, timeline)
    isLossless = Self.isLossless(self.codec)
    bits = Self.bits(values, isLossless: isLossless)
  }

  private static func seconds(_ text: Substring?) -> Double? {
    text.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  /// The track's own comes first; the file's may be that of a longer picture. Of formats that do not say how long they
  /// are, ffprobe guesses it from the bit rate.
  private static func duration(
    _ values: [Substring: Substring], _ ofFile: [Substring: Substring], _ kind: String, _ timeline: FFmpegTimeline
  ) -> Double? {
    guard !["aac", "ac3", "dts", "eac3", "loas", "truehd"].contains(kind) else { return nil }
    let own = seconds(values["duration"]).map { $0 + (timeline.isLate ? timeline.delay : 0) }
    return (own ?? seconds(ofFile["duration"])).flatMap { $0 > 0 ? $0 : nil }
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
