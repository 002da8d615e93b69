import Foundation
import Ingest
import PCM
import TestSupport
import Testing

/// Everything of a sound, for comparing.
struct Heard {
  let description: SoundDescription
  let layout: RawSoundLayout?
  let samples: [Float]

  var frames: Int { samples.count / description.format.channels }

  init(_ path: String, allowTruncated: Bool = false, searchPath: String? = nil) throws {
    let sound = try SoundFile.open(
      path, options: SoundFileOptions(allowTruncated: allowTruncated, searchPath: searchPath))
    defer { sound.close() }
    description = sound.description
    layout = sound.rawLayout
    samples = try sound.source.allSamples(capacity: 1_000)
    let again = try sound.makeSource()
    defer { again.close() }
    #expect(try again.allSamples(capacity: 777) == samples)
  }
}

/// The code of the error that opening and reading `path` ends with; nil where all is well.
func refusal(_ path: String, allowTruncated: Bool = false, searchPath: String? = nil) -> IngestError.Code? {
  do {
    _ = try Heard(path, allowTruncated: allowTruncated, searchPath: searchPath)
    return nil
  } catch let error as IngestError {
    return error.code
  } catch {
    return IngestError.Code(rawValue: "\(error)")
  }
}
