import Foundation
import PCM
import Production
import ShowModel

/// What `inspect` found, for programs. Times are in seconds, places in bytes.
struct InspectionJSON: Encodable {
  struct Tag: Encodable {
    let kind, text: String
  }

  struct Part: Encodable {
    let start: Double
    let end: Double?
    let title: String
    let url: String?
  }

  struct Picture: Encodable {
    let format: String?
    let width, height, offset: Int?
    let bytes: Int
  }

  struct Leak: Encodable {
    let kind: String
    let offset, length: Int64?
    let time: Double?
    let content: String?
    let remedy: String
  }

  struct Level: Encodable {
    let integrated, samplePeak, truePeak: Double?
    let range: Double
  }

  let version = 1
  let container, codec: String
  let bytes, frames: Int64
  let seconds: Double
  let rate, channels, kilobits: Int
  let bits: Int?
  let bitRate, encoder: String?
  let loudness: Level
  let tags: [Tag]
  let chapters: [Part]
  let pictures: [Picture]
  let givesAway: [Leak]

  init(_ inspection: Inspection) {
    let sound = inspection.description
    (container, codec) = (sound.container, sound.codec)
    (bytes, frames, kilobits) = (inspection.byteCount, inspection.length.value, inspection.kilobits)
    seconds = inspection.length.time(at: sound.format.rate).seconds
    (rate, channels, bits) = (sound.format.rate.hertz, sound.format.channels, sound.isLossless ? sound.bits : nil)
    (bitRate, encoder) = (inspection.encoding?.rate.rawValue, inspection.encoding?.encoder)
    let level = inspection.loudness
    loudness = Level(
      integrated: level.integrated, samplePeak: level.samplePeak, truePeak: level.truePeak, range: level.range)
    tags = inspection.tags.map { Tag(kind: $0.kind.rawValue, text: $0.text.revealed) }
    chapters = inspection.chapters.map {
      Part(start: $0.start.seconds, end: $0.end?.seconds, title: $0.title, url: $0.url)
    }
    pictures = inspection.pictures.map {
      Picture(
        format: $0.facts.format, width: $0.facts.width, height: $0.facts.height, offset: $0.offset.map(Int.init),
        bytes: $0.byteCount)
    }
    givesAway = inspection.findings.map {
      Leak(
        kind: $0.kind.rawValue, offset: $0.offset, length: $0.length, time: $0.time?.seconds,
        content: $0.content?.revealed, remedy: $0.remedy)
    }
  }

  func data() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
