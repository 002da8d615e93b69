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
  package var replacesOutputs = false
  package var allowsTruncated = false
  /// Digests take longer than covering: they are made only where somebody reads them.
  package var wantsReceipt = false
  package var isDryRun = false

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

package struct RedactionResult: Sendable {
  package let plan: RedactionPlan
  package let receipt: Receipt?
  /// What is there now.
  package let written: [String]
}
