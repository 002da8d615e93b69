import Foundation
import ShowModel

extension EncodeError.Code {
  package static let badArtwork = Self(rawValue: "bad-artwork")
}

extension EncodeError {
  static func artworkUnreadable(_ path: String, code: Int32) -> EncodeError {
    EncodeError(
      .badArtwork, at: Place(file: path), problem: "this picture can't be read: \(reason(code))",
      remedy: "Check its name, and that you may open it.", exit: .noInput)
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT, ENOTDIR: "there is no such file"
    case EACCES, EPERM: "you may not open it"
    case EISDIR: "it is not a file"
    default: String(cString: strerror(code))
    }
  }

  static func artworkTooLarge() -> EncodeError {
    artwork(
      "this picture is larger than \(EncodeLimits.artworkBytes >> 20) MB",
      "Make it smaller: it travels with every download. 1400 x 1400 pixels are enough.")
  }

  static func artworkUnknown() -> EncodeError {
    artwork("this picture is neither JPEG nor PNG", "Save it as JPEG or PNG.")
  }

  static func artworkBroken(_ kind: String) -> EncodeError {
    artwork("this \(kind) is damaged or incomplete", "Save the picture again.")
  }

  private static func artwork(_ problem: String, _ remedy: String) -> EncodeError {
    EncodeError(.badArtwork, problem: problem, remedy: remedy, exit: .badData)
  }

  /// The same error, with the file it is about.
  func at(_ path: String) -> EncodeError {
    EncodeError(code, at: Place(file: path), problem: problem, remedy: remedy, exit: exit, underlying: underlying)
  }
}
