import Foundation
import Ingest
import PCM
import TestSupport
import Testing

@Suite struct HostileTests {
  private static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fuzzing/Corpus/sound")

  private static func inputs() throws -> [(name: String, bytes: [UInt8])] {
    let files = try FileManager.default.contentsOfDirectory(at: corpus, includingPropertiesForKeys: nil)
    return try files.sorted { $0.path < $1.path }.map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
  }

  /// Opens and reads, strictly and not; a layout must agree with the decoder.
  private static func exercise(_ bytes: [UInt8], _ bench: Folder) throws {
    let path = try bench.write(bytes, "hostile")
    let layout = RawSoundLayout.parse(bytes)
    if let layout { #expect(layout.dataOffset + layout.dataLength <= Int64(bytes.count)) }
    for allowTruncated in [false, true] {
      do {
        let heard = try Heard(path, allowTruncated: allowTruncated, searchPath: "")
        if let length = heard.description.length { #expect(length.value == Int64(heard.frames)) }
        if let layout, !allowTruncated {
          #expect(layout.frames.value == Int64(heard.frames))
          #expect(heard.layout == layout)
          #expect(layout.encoding == heard.description.encoding)
          #expect(layout.format == heard.description.format)
        }
        #expect(!heard.samples.contains { !$0.isFinite })
      } catch let error as IngestError {
        #expect(!error.problem.isEmpty && !error.remedy.isEmpty)
      }
    }
  }

  @Test("every file of the fuzzing corpus is read or refused")
  func corpus() throws {
    let bench = try Folder()
    let inputs = try Self.inputs()
    #expect(inputs.count > 20)
    #expect(inputs.reduce(0) { $0 + $1.bytes.count } < 300_000)
    for input in inputs { try Self.exercise(input.bytes, bench) }
  }

  @Test("headers with bytes changed, cut and doubled are read or refused", arguments: 0..<20)
  func mutations(seed: Int) throws {
    let bench = try Folder()
    var random = Seeded(UInt64(seed))
    let inputs = try Self.inputs()
    for _ in 0..<150 {
      guard var bytes = inputs.randomElement(using: &random)?.bytes, bytes.count > 8 else { continue }
      for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, &random) }
      try Self.exercise(bytes, bench)
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
    let head = min(bytes.count, 120)
    guard head > 8 else { return }
    let at = Int.random(in: 0..<(head - 8), using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &random)
    case 2:
      let extremes: [UInt32] = [.max, 0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0]
      let extreme = extremes.randomElement(using: &random) ?? 0
      bytes.replaceSubrange(at..<(at + 4), with: Ramp.bytes(extreme))
    case 3: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
    case 4: bytes.insert(contentsOf: bytes[at..<(at + 8)], at: at)
    default: bytes.removeSubrange(at..<(at + Int.random(in: 1...8, using: &random)))
    }
  }

  @Test("any bytes at all are read or refused, whatever they begin with")
  func noise() throws {
    let bench = try Folder()
    var random = Seeded(42)
    let inputs = try Self.inputs()
    for _ in 0..<500 {
      let start = Array(inputs.randomElement(using: &random)?.bytes.prefix(12) ?? [])
      let count = Int.random(in: 0..<300, using: &random)
      try Self.exercise(start + (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }, bench)
    }
  }

  @Test("more chunks than any file has are too many, and end")
  func manyChunks() throws {
    let bench = try Folder()
    let chunks = (0..<5_000).flatMap { _ in WaveWriter.chunk("junk", []) }
    let path = try bench.write(WaveWriter(data: Ramp.int16(10).bytes, before: chunks).bytes, "a.wav")
    #expect(refusal(path) == .damaged)
    #expect(RawSoundLayout.parse(try bench.read("a.wav")) == nil)
  }

  /// - Parameters:
  ///   - common: channels, frames, bits and rate.
  ///   - compression: of AIFF-C.
  private static func aiff(_ common: [UInt8], compression: String? = nil, sound: Int) -> [UInt8] {
    let chunk = { (name: String, body: [UInt8]) in
      Array(name.utf8) + Ramp.bytes(UInt32(body.count).byteSwapped) + body
    }
    let body =
      Array((compression == nil ? "AIFF" : "AIFC").utf8)
      + chunk("COMM", common + Array((compression.map { $0 + "\0\0" } ?? "").utf8))
      + chunk("SSND", [UInt8](repeating: 0, count: 8 + sound))
    return chunk("FORM", body)
  }

  @Test("an AIFF that announces more than any rate, on all channels there can be, is refused")
  func hugeRate() throws {
    let bench = try Folder()
    // 65,535 channels of 64 bits, 2^63 times a second.
    let common: [UInt8] = [0xff, 0xff, 0, 0, 0, 9, 0, 64, 0x40, 0x3e, 0x80, 0, 0, 0, 0, 0, 0, 0]
    for compression in ["NONE", nil] {
      let path = try bench.write(Self.aiff(common, compression: compression, sound: 600_000), "a.aiff")
      #expect(refusal(path) == .truncated)
    }
  }

  @Test("an AIFF without compression that announces more, or less, than is there is refused")
  func lyingAIFF() throws {
    let bench = try Folder()
    let common: [UInt8] = [0, 1, 0, 0, 3, 0xe8, 0, 16, 0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0]
    for (sound, code) in [(1_000, IngestError.Code.truncated), (88_200, .longerThanAnnounced), (2_000, nil)] {
      #expect(refusal(try bench.write(Self.aiff(common, sound: sound), "a.aiff")) == code, "\(sound)")
    }
  }

  @Test("samples that don't fill their bytes, and blocks larger than their samples, take the way through the decoder")
  func padded() throws {
    let sound = Ramp.int24(100).bytes
    var valid = WaveWriter(bits: 24, validBits: 20, isExtensible: true, data: sound)
    #expect(RawSoundLayout.parse(valid.bytes) == nil)
    valid.validBits = 24
    #expect(RawSoundLayout.parse(valid.bytes) != nil)
    let wide = WaveWriter(bits: 24, data: sound).bytes.replacing(UInt16(4), at: 32)
    #expect(RawSoundLayout.parse(wide) == nil)
  }
}
