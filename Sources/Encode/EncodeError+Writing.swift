import Foundation
import PCM
import ShowModel

extension EncodeError.Code {
  package static let writeFailed = Self(rawValue: "write-failed")
  package static let wrongLength = Self(rawValue: "wrong-length")
  package static let unknownFormat = Self(rawValue: "unknown-format")
  package static let unsupported = Self(rawValue: "unsupported")
  package static let badTag = Self(rawValue: "bad-tag")
}

extension EncodeError {
  static func writeFailed(_ code: Int32) -> EncodeError {
    let reason = code == ENOSPC || code == EDQUOT ? "the disk is full" : String(cString: strerror(code))
    return EncodeError(
      .writeFailed, problem: "the output could not be written: \(reason)",
      remedy: "Nothing was kept of it. Make room or choose another disk with -o, and run this again.",
      exit: .inputOutput)
  }

  static func wrongLength() -> EncodeError {
    EncodeError(
      .wrongLength, problem: "the sound ended elsewhere than announced", remedy: "Export the sound again.",
      exit: .software)
  }

  static func unknownFormat(_ ending: String) -> EncodeError {
    EncodeError(
      .unknownFormat, problem: ending.isEmpty ? "the output has no ending" : "no format is known for .\(ending)",
      remedy: "End the output's name with .mp3, .wav, .flac, .ogg or .opus.", exit: .usage)
  }

  static func unsupported(_ what: String) -> EncodeError {
    EncodeError(.unsupported, problem: what, remedy: "Choose another format or other settings.", exit: .usage)
  }
}
