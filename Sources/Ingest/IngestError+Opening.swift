import Glibc
import PCM
import ShowModel

extension IngestError {
  /// The error for a file that the system would not open or read.
  /// - Parameter errorNumber: of `errno`.
  package static func cannotOpen(_ path: String, errorNumber: Int32) -> IngestError {
    SoundErrors(path: path).cannotOpen(errorNumber)
  }
}

/// Errors before a sound is reached.
extension SoundErrors {
  func cannotOpen(_ number: Int32) -> IngestError {
    switch number {
    case ENOENT, ENOTDIR:
      error(.missing, "there is no such file", "Check the name and the folder.", exit: .noInput)
    case EACCES, EPERM:
      error(
        .notPermitted, "you are not allowed to read this file", "Ask its owner, or change its permissions.",
        exit: .noInput)
    case ENXIO: notAFile("a socket")
    default: inputOutput(number)
    }
  }

  func inputOutput(_ number: Int32) -> IngestError {
    error(
      .inputOutput, "the file cannot be read (system error \(number): \(String(cString: strerror(number))))",
      "Check the disk, the card or the network drive it is on, copy it to this computer, and try again.",
      exit: .inputOutput)
  }

  func notAFile(_ what: String) -> IngestError {
    error(
      .notAFile, "this is \(what), not a sound file", "Give the name of a sound file, such as episode.wav.",
      exit: .noInput)
  }

  func empty() -> IngestError {
    error(.empty, "this file is empty (0 bytes)", "Export or copy the recording again.")
  }

  func text() -> IngestError {
    error(
      .text, "this is a text file, not sound",
      "Give the sound file here; a file of ranges belongs behind --ranges.")
  }

  func audacityProject() -> IngestError {
    error(
      .unknownFormat, "this is an Audacity project, not a sound file",
      "Open it in Audacity, export it (File > Export, WAV), and use that file.")
  }

  func unknownFormat() -> IngestError {
    error(
      .unknownFormat, "this is not a sound file that this program knows",
      "Export the recording as WAV or FLAC and use that file.")
  }

  func malformed(_ container: String) -> IngestError {
    error(
      .damaged, "the header of this \(container) file is damaged",
      "Copy or download it again, or open it in Audacity and export it as WAV.")
  }

  func unsupported(_ container: String) -> IngestError {
    error(
      .unknownFormat, "the sound in this \(container) file is written in a way that this program does not know",
      "Open it in Audacity and export it as WAV (16 or 24 bits).")
  }

  func needsFFmpeg(_ format: String) -> IngestError {
    error(
      .needsFFmpeg, "this is a file of the format \(format), which needs the program ffmpeg to be read",
      "Install ffmpeg (on Debian and Ubuntu: sudo apt install ffmpeg), or export the recording as WAV or FLAC.",
      exit: .unavailable)
  }

  func ffmpegFailed(_ format: String, _ how: String) -> IngestError {
    error(
      .ffmpegFailed, "ffmpeg could not read this file (\(format)): \(how)",
      "Check that the file plays to its end, copy or download it again, or export the recording as WAV.")
  }

  func damagedForFFmpeg(_ format: String) -> IngestError {
    error(
      .damaged, "ffmpeg found damage in this file (\(format)): it is cut short, or a part is missing",
      "Copy or download it again, or use --allow-truncated to work with what ffmpeg can read.")
  }

  /// - Throws: where rate or channels are not supported.
  func format(hertz: Int, channels: Int) throws(IngestError) -> SoundFormat {
    guard let rate = SampleRate(hertz: hertz) else { throw unsupportedRate(hertz) }
    guard let format = SoundFormat(rate: rate, channels: channels) else { throw unsupportedChannels(channels) }
    return format
  }

  func noSound(_ format: String) -> IngestError {
    error(
      .noSound, "there is no sound track in this file (\(format))", "Choose the file that holds the sound.")
  }
}
