import CLinux
import Encode
import Foundation
import Ingest
import PCM
import Redact
import ShowModel

/// MP3 to MP3 without decoding: only MP3 frames that hold something of what is covered are replaced, and what was written
/// is verified.
struct InPlaceCover {
  let request: RedactionRequest
  let sound: OpenedSound
  let plan: RedactionPlan

  /// - Returns: nil where there is no question of it; otherwise what was done, with nothing written where the file must be
  ///   decoded and encoded.
  func write(to output: OutputFile, settings: MP3Settings, files: FileCopy) throws -> InPlaceOutcome? {
    guard sound.description.codec == "MP3", request.inPlace != .never else { return nil }
    Self.keepMemory()
    do {
      let edit = try edit(settings)
      let tag = try request.tags.id3v2()
      try tag.withUnsafeBytes { try files.write($0, at: 0) }
      try write(edit, to: output, at: Int64(tag.count))
      return .replaced(edit.replacedCount, of: edit.frameCount)
    } catch let reason as Uneditable {
      guard request.inPlace != .always else { throw ProductionError.notInPlace(request.input, reason.problem) }
      guard ftruncate(output.descriptor, 0) == 0 else { throw ProductionError.cannotCreate(output.path, code: errno) }
      return .encoded(because: reason.problem)
    }
  }

  private func edit(_ settings: MP3Settings) throws -> InPlaceEdit {
    guard settings == MP3Settings() else { throw Uneditable.otherSettings }
    guard let start = sound.mp3Start else { throw Uneditable.damaged }
    return try InPlaceEdit(
      sound.descriptor, from: start, headers: sound.mp3Headers, length: plan.length,
      covers: plan.covers.map { ($0.frames, $0.fill) },
      level: Coverer.fillLevel)
  }

  /// Verified by the code that verifies anybody's file. Outside the ranges, bytes are copied.
  private func write(_ edit: InPlaceEdit, to output: OutputFile, at offset: Int64) throws {
    let before = passages(sound.descriptor, edit.offsets, edit)
    let after = passages(output.descriptor, edit.offsets(at: offset), edit)
    let check = try Check(request.ranges, format: plan.format, length: plan.length)
    let leaks = try edit.write(
      to: output.descriptor, at: offset, checkingUpTo: check.parts.map { before.end(of: $0) }
    ) { try check.leaks(inPart: $0, original: before.read, redacted: after.read) }
    guard check.report(leaks).isCovered else { throw ProductionError.leftInPlace(request.input) }
  }

  /// Passage after passage needs as much memory again: given back each time, it would be zeroed each time.
  private static func keepMemory() {
    _ = mallopt(CLINUX_M_MMAP_THRESHOLD, 4 << 20)
    _ = mallopt(CLINUX_M_TRIM_THRESHOLD, 32 << 20)
  }

  private func passages(_ descriptor: Int32, _ offsets: [Int64], _ edit: InPlaceEdit) -> MP3Passages {
    MP3Passages(descriptor, offsets: offsets, skipped: edit.skipped, like: sound, length: plan.length)
  }
}

extension ProductionError.Code {
  package static let notInPlace = Self(rawValue: "not-in-place")
  package static let leftInPlace = Self(rawValue: "left-in-place")
}

extension ProductionError {
  static func notInPlace(_ path: String, _ problem: String) -> ProductionError {
    ProductionError(
      .notInPlace, at: Place(file: path), problem: "this file can't be covered in place: \(problem)",
      remedy: "Leave out --in-place: then it is decoded, covered and encoded.", exit: .badData)
  }

  static func leftInPlace(_ path: String) -> ProductionError {
    ProductionError(
      .leftInPlace, at: Place(file: path),
      problem: "something of the covered sound was still found after covering in place; nothing was kept",
      remedy: "Use --in-place never, or a larger --guard, and please report this.", exit: .software)
  }
}
