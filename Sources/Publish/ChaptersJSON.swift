import Foundation
import PCM
import ShowModel

/// Chapters as players fetch them: JSON of the Podcasting 2.0 namespace, version 1.2.0.
package enum ChaptersJSON {
  private struct File: Encodable {
    let version = "1.2.0"
    let chapters: [Entry]
  }

  /// A member that is nil is left out.
  private struct Entry: Encodable {
    let startTime: Double
    let endTime: Double?
    let title: String
    let url: String?
  }

  /// - Parameter chapters: in the order of their starts.
  package static func bytes(_ chapters: [Chapter]) throws -> [UInt8] {
    let entries = chapters.map {
      Entry(startTime: $0.start.seconds, endTime: $0.end?.seconds, title: $0.title, url: $0.url)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(File(chapters: entries))) + [0x0a]
  }
}
