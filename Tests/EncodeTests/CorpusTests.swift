import Encode
import Foundation
import MPEG
import PCM
import ShowModel
import TestSupport
import Testing

/// What fuzzing has found so far, replayed: the same properties as `Tests/Fuzzing/MP3Fuzzer.swift`.
@Suite struct CorpusTests {
  @Test("each MP3 of the corpus is read and written back, and covered or refused", arguments: try Corpus.files("mp3"))
  func replay(path: String) throws {
    let all = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let (bytes, choice) = (Array(all.dropLast(8)), all.suffix(8).map(Int.init))
    let frames = Self.frames(bytes)
    #expect(frames.flatMap(\.bytes) == Array(bytes.prefix(frames.reduce(0) { $0 + $1.header.frameLength })))
    guard let first = frames.first else { return }
    let tag = InfoTag(bytes.prefix(first.header.frameLength), header: first.header)
    let trim = tag?.lame.map { $0.delay + $0.padding } ?? 0
    let sound = frames.reduce(0) { $0 + $1.header.soundFrames }
    for length in [0, trim, first.header.soundFrames, trim + first.header.soundFrames].map({ sound - $0 })
    where length > 0 {
      try cover(bytes, length, choice)
    }
  }

  private static func frames(_ bytes: [UInt8]) -> [Frame] {
    var (frames, offset) = ([Frame](), 0)
    while let frame = Frame(bytes[offset...]) {
      frames.append(frame)
      offset += frame.header.frameLength
    }
    return frames
  }

  private func cover(_ bytes: [UInt8], _ length: Int, _ choice: [Int]) throws {
    let start = choice[0] << 8 | choice[1]
    let end = start + 1 + choice[2] << 4
    let second = end + choice[3] << 4
    let covers = [start..<end, second..<(second + 1 + choice[4] << 5)].filter { $0.lowerBound < length }.map { frames in
      (
        frames: FrameRange(
          FramePosition(Int64(frames.lowerBound)), FramePosition(Int64(min(frames.upperBound, length)))),
        fill: Fill.allCases[choice[5] % 3]
      )
    }
    let folder = try Folder()
    let input = open(try folder.write(bytes, "in.mp3"), O_RDONLY)
    let output = open(folder.file("out.mp3"), O_CREAT | O_RDWR, 0o600)
    defer {
      close(input)
      close(output)
    }
    do {
      let edit = try InPlaceEdit(input, from: 0, length: FrameCount(Int64(length)), covers: covers, level: 0.1)
      try edit.write(to: output, at: 0)
      #expect(try folder.read("out.mp3").count <= bytes.count)
    } catch let reason as Uneditable {
      #expect(!reason.problem.isEmpty)
    }
  }
}
