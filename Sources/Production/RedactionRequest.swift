import Encode
import PCM
import Redact
import ShowModel

/// One run of `podcast redact` over one input.
package struct RedactionRequest: Sendable {
  package var input: String
  package var ranges: [RedactionRange]
  package var settings = CoverSettings()
  /// Paths; their endings say the formats.
  package var outputs: [String]
  package var picture: String?
  package var receipt: String?
  /// Files that are no output under any name, beside the input itself: lists, artwork, the other inputs of a run.
  package var protected: [FileIdentity] = []
  package var tags = Tags()
  package var mp3 = MP3Settings()
  /// A folder where encoded parts of MP3 are kept from run to run, those of each input in a folder of its name.
  package var cache: String?
  package var replacesOutputs = false
  package var allowsTruncated = false
  /// Covered in addition on each side of a range where the recording is MP3 or the like, which smears sound.
  package var guardBand = MediaTime.zero
  /// Whether an MP3 file may be covered without decoding it.
  package var inPlace = InPlaceMode.auto
  /// Digests take longer than covering: they are made only where somebody reads them.
  package var wantsReceipt = false
  package var isDryRun = false
  /// Whether somebody wrote that there is nothing to cover.
  package var mayCoverNothing = false

  package init(input: String, ranges: [RedactionRange], outputs: [String]) {
    self.input = input
    self.ranges = ranges
    self.outputs = outputs
  }

  /// Beside the input: `<stem>.redacted.mp3`.
  package static func defaultOutput(for input: String) -> String {
    let name = input.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let stem = name.dropFirst().lastIndex(of: ".").map { input[..<$0] } ?? Substring(input)
    return stem + ".redacted.mp3"
  }
}

/// Whether an MP3 file is covered by replacing some of its MP3 frames.
package enum InPlaceMode: String, CaseIterable, Sendable {
  case always
  /// Where it can be.
  case auto
  case never
}

/// How an MP3 file was made of another.
package enum InPlaceOutcome: Hashable, Sendable {
  case replaced(Int, of: Int)
  /// Decoded and encoded, because of this.
  case encoded(because: String)
}

package struct RedactionResult: Sendable {
  package let plan: RedactionPlan
  /// nil where there was no question of it.
  package let inPlace: InPlaceOutcome?
  package let receipt: Receipt?
  /// What is there now.
  package let written: [String]
}
