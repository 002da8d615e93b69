import Glibc

/// Where ffmpeg and ffprobe are, and how they are called.
struct FFmpegTools: Sendable {
  let ffmpeg: String
  let ffprobe: String

  /// - Parameter searchPath: folders with colons between them; nil: PATH. Folders that are not absolute are passed over,
  ///   so that a program lying beside a sound file is never run.
  /// - Returns: nil where one of the two is missing.
  init?(searchPath: String?) {
    let path = searchPath ?? getenv("PATH").map { String(cString: $0) } ?? ""
    let folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
    let find = { (name: String) in
      folders.map { (folder: Substring) -> String in "\(folder)/\(name)" }.first { access($0, X_OK) == 0 }
    }
    guard let ffmpeg = find("ffmpeg"), let ffprobe = find("ffprobe") else { return nil }
    (self.ffmpeg, self.ffprobe) = (ffmpeg, ffprobe)
  }

  /// The input is a descriptor, so no name of a file is ever taken for an option or a protocol. Of the protocols only
  /// this one is let in, and only formats that hold their sound themselves: a playlist could make ffmpeg read other
  /// files, or the network.
  private static let input = [
    "-protocol_whitelist", "file",
    "-format_whitelist",
    [
      "aac", "ac3", "eac3", "aiff", "amr", "amrnb", "amrwb", "ape", "asf", "avi", "caf", "dsf", "iff", "dts", "flac",
      "flv", "loas", "matroska,webm", "mov,mp4,m4a,3gp,3g2,mj2", "mp3", "mpc", "mpc8", "mpeg", "mpegts", "ogg", "rm",
      "tak", "truehd", "tta", "w64", "wav", "wv",
    ].joined(separator: ","),
    "-i", "file:/proc/self/fd/0",
  ]

  static let probeArguments =
    ["-v", "error", "-select_streams", "a:0"] + ["-show_entries", shown, "-of", "default=noprint_wrappers=1"] + input

  static let tagArguments =
    ["-v", "error", "-show_chapters", "-show_entries", "format_tags:stream_tags:chapter_tags", "-of", "default"] + input

  private static let shown =
    "stream=codec_name,sample_rate,channels,start_time,duration,bits_per_raw_sample,sample_fmt"
    + ":format=format_name,start_time,duration"

  /// The first sound track, as 32-bit floats in the file format AU, whose header says how they are to be taken.
  static func decodeArguments(_ timeline: FFmpegTimeline) -> [String] {
    ["-nostdin", "-v", "error"] + timeline.stamps + input + ["-map", "0:a:0"] + timeline.filter
      + ["-map_metadata", "-1", "-c:a", "pcm_f32be", "-fflags", "+bitexact", "-f", "au", "pipe:1"]
  }
}
