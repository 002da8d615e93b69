import PCM
import ShowModel

extension IngestError.Code {
  package static let missing = Self(rawValue: "missing")
  package static let notPermitted = Self(rawValue: "notPermitted")
  package static let notAFile = Self(rawValue: "notAFile")
  package static let inputOutput = Self(rawValue: "inputOutput")
  package static let empty = Self(rawValue: "empty")
  package static let text = Self(rawValue: "text")
  package static let unknownFormat = Self(rawValue: "unknownFormat")
  package static let needsFFmpeg = Self(rawValue: "needsFFmpeg")
  package static let ffmpegFailed = Self(rawValue: "ffmpegFailed")
  package static let noSound = Self(rawValue: "noSound")
  package static let truncated = Self(rawValue: "truncated")
  package static let unknownLength = Self(rawValue: "unknownLength")
  package static let longerThanAnnounced = Self(rawValue: "longerThanAnnounced")
  package static let damaged = Self(rawValue: "damaged")
  package static let notFinite = Self(rawValue: "notFinite")
  package static let noFrames = Self(rawValue: "noFrames")
  package static let unsupportedRate = Self(rawValue: "unsupportedRate")
  package static let unsupportedChannels = Self(rawValue: "unsupportedChannels")
  package static let tooLong = Self(rawValue: "tooLong")
}

/// Errors about one sound file. Built from numbers and names of formats only, so that no tag can get in.
struct SoundErrors: Sendable {
  let place: Place

  /// - Parameter path: shown with its control characters replaced, so that a file's name cannot fake a message.
  init(path: String) {
    let shown = path.unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: Character("\u{FFFD}")
      default: Character(scalar)
      }
    }
    place = Place(file: String(shown))
  }

  func error(
    _ code: IngestError.Code, _ problem: String, _ remedy: String, exit: ExitStatus = .badData,
    underlying: (any Error)? = nil
  ) -> IngestError {
    IngestError(code, at: place, problem: problem, remedy: remedy, exit: exit, underlying: underlying)
  }
}

extension SoundErrors {
  private static let exportAgain =
    "Open it in the program it came from or in Audacity, check that all is there, and export it again"
  private static let orAllow = "or use --allow-truncated to work with what is there"

  func truncated(_ container: String, announced: String, there: String) -> IngestError {
    error(
      .truncated, "this \(container) file is cut short: it announces \(announced), but holds \(there)",
      "Copy or download it again, \(Self.orAllow).")
  }

  func cutShort(_ container: String) -> IngestError {
    error(
      .truncated, "this \(container) file is cut short: its end is missing",
      "Copy or download it again, \(Self.orAllow).")
  }

  func longerThanAnnounced(_ container: String, announced: String, there: String) -> IngestError {
    error(
      .longerThanAnnounced,
      "the header of this \(container) file is wrong: it announces \(announced), but the file holds \(there)",
      "\(Self.exportAgain), \(Self.orAllow).")
  }

  func unknownLength(_ container: String) -> IngestError {
    error(
      .unknownLength,
      "the header of this \(container) file does not say how long the sound is, so nobody can tell whether all is there"
        + " (it was written to a pipe, or the recording was interrupted)",
      "\(Self.exportAgain), \(Self.orAllow).")
  }

  func unchecked(_ container: String) -> IngestError {
    error(
      .unknownLength, "this is a file of the old format \(container), where nobody can tell whether all is there",
      "Open it in Audacity, check that all is there, and export it as WAV, \(Self.orAllow).")
  }

  func damaged(_ container: String, at time: MediaTime? = nil) -> IngestError {
    let place = time.map { " at \(Self.clock($0))" } ?? ""
    return error(.damaged, "this \(container) file is damaged\(place)", "Copy or download it again from its source.")
  }

  func damagedInside(_ container: String) -> IngestError {
    error(
      .damaged, "this \(container) file is damaged: a part in its middle is missing or unreadable",
      "Copy or download it again, or use --allow-truncated to work with what comes before that part.")
  }

  func notFinite(at time: MediaTime, channel: Int) -> IngestError {
    error(
      .notFinite, "the sample at \(Self.clock(time)) on channel \(channel + 1) is not a number",
      "A plug-in or an export went wrong there: repair that place in an editor such as Audacity and export it again.")
  }

  func noFrames() -> IngestError {
    error(.noFrames, "there is no sound in this file: its length is zero", "Export the recording again.")
  }

  func unsupportedRate(_ hertz: Int) -> IngestError {
    let known = SampleRate.supported
    return error(
      .unsupportedRate,
      "its sample rate is \(hertz) Hz; this program works with \(known.lowerBound) to \(known.upperBound) Hz",
      "Convert it first, for instance to 48000 Hz in Audacity (Tracks > Resample).")
  }

  func unsupportedChannels(_ channels: Int) -> IngestError {
    error(
      .unsupportedChannels,
      "it has \(channels) channels; this program works with \(SoundFormat.supportedChannels.lowerBound) to"
        + " \(SoundFormat.supportedChannels.upperBound)", "Export it in mono or stereo.")
  }

  func tooLong() -> IngestError {
    error(
      .tooLong, "it is longer than \(Limits.longestSeconds / 3_600) hours, or its header is damaged",
      "Cut it into parts, or export it again.")
  }

  /// `1:02:03.450`, `2:03.450`; milliseconds, rounded down.
  static func clock(_ time: MediaTime) -> String {
    let milliseconds = max(0, time.nanoseconds / 1_000_000)
    let (seconds, rest) = (milliseconds / 1_000, milliseconds % 1_000)
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60)
    let padded = { (value: Int64, width: Int) in
      String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
    }
    let tail = "\(padded(seconds % 60, 2)).\(padded(rest, 3))"
    return hours > 0 ? "\(hours):\(padded(minutes, 2)):\(tail)" : "\(minutes):\(tail)"
  }
}
