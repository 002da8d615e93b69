import PCM

/// How a list of ranges is written; the raw value is the word that people type.
package enum RangeFormat: String, CaseIterable, Sendable {
  case audacity, csv, audition, reaper, srt, vtt, edl, cmx, cue, json

  package var fileExtension: String {
    switch self {
    case .audacity: "txt"
    case .csv, .audition, .reaper: "csv"
    case .srt: "srt"
    case .vtt: "vtt"
    case .edl, .cmx: "edl"
    case .cue: "wav"
    case .json: "json"
    }
  }

  /// The step of the times it is written with; nil for CMX 3600 and cue points, whose step is a frame.
  package var resolution: MediaTime? {
    switch self {
    case .csv, .json: MediaTime(nanoseconds: 1)
    case .audacity: MediaTime(nanoseconds: 1_000)
    case .audition, .reaper, .srt, .vtt, .edl: MediaTime(milliseconds: 1)
    case .cmx, .cue: nil
    }
  }
}

/// Video frames per second, as a fraction: 30000/1001 for what is called 29.97.
package struct VideoRate: Hashable, Sendable {
  package let frames, seconds: Int64

  /// - Parameter text: 23.976, 24, 25, 29.97, 30, 48, 50, 59.94 or 60.
  package init?(_ text: String) {
    switch text {
    case "23.976", "23.98": (frames, seconds) = (24_000, 1_001)
    case "29.97": (frames, seconds) = (30_000, 1_001)
    case "59.94": (frames, seconds) = (60_000, 1_001)
    case "24", "25", "30", "48", "50", "60": (frames, seconds) = (Int64(text) ?? 25, 1)
    default: return nil
    }
  }

  /// What time code counts to before the next second.
  package var nominal: Int64 { (frames + seconds - 1) / seconds }
}

/// What a file itself does not say.
package struct RangeFileOptions: Hashable, Sendable {
  /// For CMX 3600, whose times are counted in video frames.
  package var videoRate: VideoRate?

  /// What cue points are counted in when they are written: 48 kHz where nothing else is said.
  package var cueRate: SampleRate

  package init(videoRate: VideoRate? = nil, cueRate: SampleRate? = nil) {
    self.videoRate = videoRate
    self.cueRate = cueRate ?? .usual
  }
}
