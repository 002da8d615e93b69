import Foundation
import ShowModel

extension ProductionError.Code {
  package static let outputExists = Self(rawValue: "output-exists")
  package static let outputIsInput = Self(rawValue: "output-is-input")
  package static let noStandardOutput = Self(rawValue: "no-standard-output")
  package static let cannotCreate = Self(rawValue: "cannot-create")
  package static let cannotRead = Self(rawValue: "cannot-read")
  package static let inputChanged = Self(rawValue: "input-changed")
}

extension ProductionError {
  static func outputExists(_ path: String) -> ProductionError {
    ProductionError(
      .outputExists, at: Place(file: path), problem: "there is a file of this name already",
      remedy: "Give another name with -o, or replace the file with --force.", exit: .cannotCreate)
  }

  static func outputIsInput(_ path: String) -> ProductionError {
    ProductionError(
      .outputIsInput, at: Place(file: path), problem: "the output would replace a file that is read",
      remedy: "Give the output another name: an original or a list is never overwritten.", exit: .cannotCreate)
  }

  static func noStandardOutput() -> ProductionError {
    ProductionError(
      .noStandardOutput, at: Place(file: "-"), problem: "nothing is written to standard output here",
      remedy: "Give the file a name. What a program is to read, --json prints.", exit: .usage)
  }

  static func cannotCreate(_ path: String, code: Int32) -> ProductionError {
    ProductionError(
      .cannotCreate, at: Place(file: path), problem: "this file can't be written: \(reason(code))",
      remedy: remedy(code), exit: code == ENOSPC || code == EDQUOT || code == EIO ? .inputOutput : .cannotCreate)
  }

  static func cannotKeep(_ path: String, code: Int32) -> ProductionError {
    ProductionError(
      .cannotCreate, at: Place(file: path), problem: "encoded parts can't be kept in this folder: \(reason(code))",
      remedy: "Give --cache a folder of your own, or leave it out.", exit: .cannotCreate)
  }

  static func cannotRead(_ path: String, code: Int32) -> ProductionError {
    guard code != ENOENT else { return notThere(path) }
    return ProductionError(
      .cannotRead, at: Place(file: path),
      problem: "this file can't be read: \(code == EACCES ? "you may not open it" : reason(code))",
      remedy: "Check the name and that you may open the file.", exit: code == EIO ? .inputOutput : .noInput)
  }

  private static func notThere(_ path: String) -> ProductionError {
    ProductionError(
      .cannotRead, at: Place(file: path), problem: "there is no such file",
      remedy: "Check its name, or put it there.", exit: .noInput)
  }

  static func inputChanged(_ path: String) -> ProductionError {
    ProductionError(
      .inputChanged, at: Place(file: path), problem: "the file was changed while it was being read",
      remedy: "Wait until the other program has finished with it, and run this again.", exit: .inputOutput)
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "the disk is full"
    case EACCES, EPERM: "you may not write there"
    case EROFS: "the disk is read-only"
    case ENOENT: "its folder does not exist"
    case ENOTDIR: "a part of its path is no folder"
    case EISDIR: "it is a folder"
    case EIO: "the disk reports an error"
    default: String(cString: strerror(code))
    }
  }

  private static func remedy(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "Make room, or give a name on another disk with -o."
    case ENOENT, ENOTDIR: "Make the folder first, or give another name with -o."
    default: "Give a name in a folder of your own with -o."
    }
  }
}
