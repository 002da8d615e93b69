import Foundation
import PCM
import Redact
import ShowModel
import TestSupport
import Testing

/// What fuzzing has found so far, replayed: the same properties as `Tests/Fuzzing/RangesFuzzer.swift`.
@Suite struct CorpusTests {
  @Test(
    "each list of the corpus is read and can be written in every format, or is refused",
    arguments: try Corpus.files("ranges"))
  func replay(path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let options = RangeFileOptions(videoRate: VideoRate("25"))
    for name in ["x.csv", "x.txt", "x.edl"] {
      let list: [RedactionRange]
      do { list = try RangeFile.read(bytes, name: name, options: options).ranges } catch let error as RedactError {
        #expect(!error.remedy.isEmpty)
        continue
      }
      for format in RangeFormat.allCases {
        let written = try RangeFile.write(list, as: format, options: options)
        let back = try RangeFile.read(written, name: "x.\(format.fileExtension)", options: options)
        #expect(back.ranges.count == list.count, "\(format)")
      }
    }
  }
}
