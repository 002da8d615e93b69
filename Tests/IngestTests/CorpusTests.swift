import Foundation
import Ingest
import PCM
import TestSupport
import Testing

/// What fuzzing has found so far, replayed: the same properties as `Tests/Fuzzing/SoundFuzzer.swift`.
@Suite struct CorpusTests {
  @Test("each sound of the corpus is opened and heard, or is refused", arguments: try Corpus.files("sound"))
  func replay(path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let layout = RawSoundLayout.parse(bytes)
    if let layout {
      #expect(layout.dataOffset >= 0 && layout.dataLength >= 0)
      #expect(layout.dataOffset + layout.dataLength <= Int64(bytes.count))
    }
    for allowTruncated in [false, true] {
      do {
        let heard = try Heard(path, allowTruncated: allowTruncated, searchPath: "")
        if let layout, !allowTruncated { #expect(layout.frames.value == Int64(heard.frames)) }
      } catch let error as IngestError { #expect(!error.remedy.isEmpty) }
    }
  }
}
