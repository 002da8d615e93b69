/// Where a sound track lies on the clock of its file, by which players show the time and editors mark it.
struct FFmpegTimeline: Sendable {
  /// Seconds up to which nobody hears that sound begins later than it should; encoders' delays are shorter.
  private static let unheard = 0.1

  /// Where the clock begins, in seconds as the file counts them.
  private let origin: Double
  /// How much later than the clock the track begins, in seconds.
  let delay: Double

  /// - Parameters:
  ///   - kind: what ffprobe calls the format.
  ///   - track: where the track begins, in seconds; nil where nothing says so.
  ///   - file: where the first of its tracks does.
  init(_ kind: String, track: Double?, file: Double?) {
    // ISO media and QuickTime begin at 0, whatever comes first; players of others begin with what comes first.
    let origin = kind.hasPrefix("mov") ? 0 : file ?? 0
    (self.origin, delay) = (origin, track.map { $0 - origin } ?? 0)
  }

  var isLate: Bool { delay >= Self.unheard }

  /// For ffmpeg, behind its input: silence where there is no sound, since it puts what it decodes one behind the other:
  /// in front (`first_pts`), and in holes of 0.1 s or more (`async`).
  var filter: [String] {
    guard isLate else { return ["-af", "aresample=async=1"] }
    return ["-af", "asetpts=PTS-(\(origin))/TB,aresample=async=1:first_pts=0"]
  }

  /// In front of its input: ffmpeg leaves the file's time stamps as they are.
  var stamps: [String] { isLate ? ["-copyts"] : [] }
}
