import CSndfile
import Foundation
import Ingest
import PCM
import Production
import Redact
import ShowModel
import TestSupport
import Testing

/// Which frames are replaced and which are kept, told from bytes alone: nothing here uses the code that covers.
@Suite struct ExactnessTests {
  @Test(
    "a range may start and end anywhere in a sample: all of the samples that it touches are gone, no others",
    arguments: [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
  func subSamples(hertz: Int) throws {
    let folder = try Folder()
    let sound = try Sound(hertz: hertz, channels: 2, bits: 16, frames: hertz / 20)
    try sound.write(to: folder.file("in.wav"), as: SF_FORMAT_WAV)
    let first = sound.frames / 3
    for start in 0..<8 {
      for end in 0..<8 {
        let time = nanoseconds(first, eighths: start, hertz)..<nanoseconds(first + 12, eighths: end, hertz)
        let output = try cover(time, with: .silence, sound, input: "in.wav", in: folder)
        let down = time.lowerBound * Int64(hertz) / 1_000_000_000
        let up = (time.upperBound * Int64(hertz) + 999_999_999) / 1_000_000_000
        expect(output, keeps: sound, but: Int(down)..<Int(up), silent: true)
      }
    }
  }

  static let kinds = [
    SF_FORMAT_WAV, SF_FORMAT_FLAC, SF_FORMAT_AIFF, SF_FORMAT_CAF, SF_FORMAT_W64, SF_FORMAT_RF64, SF_FORMAT_AU,
  ]

  @Test(
    "of every kind of file, all outside a cover and its fade reaches a WAV as it was, and nothing of what is inside",
    arguments: kinds, [16, 24])
  func containers(container: Int, bits: Int) throws {
    let folder = try Folder()
    for (hertz, channels) in [(44_100, 1), (11_025, 2), (48_000, 6)] {
      let sound = try Sound(hertz: hertz, channels: channels, bits: bits, frames: 4_000)
      try sound.write(to: folder.file("in"), as: container)
      let time = nanoseconds(1_500, eighths: 3, hertz)..<nanoseconds(2_499, eighths: 5, hertz)
      for fill in Fill.allCases {
        let output = try cover(time, with: fill, sound, input: "in", in: folder)
        expect(output, keeps: sound, but: 1_500..<2_500, silent: fill == .silence)
      }
    }
  }

  /// The moment in frame `frame` that is so many eighths of a sample after its start.
  private func nanoseconds(_ frame: Int, eighths: Int, _ hertz: Int) -> Int64 {
    Int64(frame * 8 + eighths) * 1_000_000_000 / Int64(hertz * 8)
  }

  /// - Returns: the samples of the output, as bytes.
  private func cover(
    _ time: Range<Int64>, with fill: Fill, _ sound: Sound, input: String, in folder: Folder
  ) throws -> [UInt8] {
    let range = RedactionRange(
      time: MediaTime(nanoseconds: time.lowerBound)..<MediaTime(nanoseconds: time.upperBound))
    var request = RedactionRequest(input: folder.file(input), ranges: [range], outputs: [folder.file("out.wav")])
    request.settings = .exact(fill: fill)
    request.replacesOutputs = true
    _ = try RedactionJob.run(request)
    let bytes = try folder.read("out.wav")
    let layout = try #require(RawSoundLayout.parse(bytes))
    try #require(layout.encoding == (sound.bits == 16 ? .int16 : .int24))
    try #require(layout.format.channels == sound.channels && layout.frames.value == sound.frames)
    return Array(bytes[Int(layout.dataOffset)...].prefix(Int(layout.dataLength)))
  }

  private func expect(_ output: [UInt8], keeps sound: Sound, but covered: Range<Int>, silent: Bool) {
    let fade = (sound.hertz * 5 + 999) / 1_000 + 1
    let size = sound.frameBytes
    let before = ..<((covered.lowerBound - fade) * size)
    let after = ((covered.upperBound + fade) * size)...
    #expect(output[before] == sound.bytes[before] && output[after] == sound.bytes[after])
    let inside = output[(covered.lowerBound * size)..<(covered.upperBound * size)]
    if silent {
      #expect(inside.allSatisfy { $0 == 0 })
      // The samples beside it are heard, if softly: no more is gone than must be.
      #expect(
        sound.isLoud(output, at: covered.lowerBound - fade / 2)
          && sound.isLoud(output, at: covered.upperBound + fade / 2))
    } else {
      #expect(sound.channelsAgree(in: Array(inside)) && inside.contains { $0 != 0 })
    }
  }
}

/// Seeded noise of which no sample is zero and no two channels are alike.
private struct Sound {
  let hertz, channels, bits, frames: Int
  /// Little-endian, interleaved, as a WAV has them.
  let bytes: [UInt8]
  private let samples: [Int32]

  var frameBytes: Int { bits / 8 * channels }

  init(hertz: Int, channels: Int, bits: Int, frames: Int) throws {
    (self.hertz, self.channels, self.bits, self.frames) = (hertz, channels, bits, frames)
    var seeded = Seeded(UInt64(hertz + channels + bits))
    samples = (0..<(frames * channels)).map { _ in Int32.random(in: 0x1000_0000...0x5fff_ffff, using: &seeded) }
      .enumerated().map { ($0.element >> (32 - Int32(bits))) * ($0.offset % 3 == 0 ? -1 : 1) }
    bytes = samples.flatMap { sample in (0..<(bits / 8)).map { UInt8(truncatingIfNeeded: sample >> (8 * Int32($0))) } }
  }

  /// libsndfile takes integers from the top bits down.
  func write(to path: String, as container: Int) throws {
    var info = SF_INFO()
    info.samplerate = Int32(hertz)
    info.channels = Int32(channels)
    info.format = Int32(container | (bits == 16 ? SF_FORMAT_PCM_16 : SF_FORMAT_PCM_24))
    let handle = try #require(sf_open(path, Int32(SFM_WRITE), &info))
    defer { sf_close(handle) }
    try #require(sf_writef_int(handle, samples.map { $0 << (32 - Int32(bits)) }, sf_count_t(frames)) == frames)
  }

  func isLoud(_ output: [UInt8], at frame: Int) -> Bool {
    output[(frame * frameBytes)..<((frame + 1) * frameBytes)].contains { $0 != 0 }
  }

  func channelsAgree(in output: [UInt8]) -> Bool {
    let size = bits / 8
    return stride(from: 0, to: output.count, by: frameBytes).allSatisfy { start in
      (1..<max(channels, 2)).allSatisfy { channel in
        channel >= channels
          || output[start..<(start + size)].elementsEqual(output[(start + channel * size)...].prefix(size))
      }
    }
  }
}
