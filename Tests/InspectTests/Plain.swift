import Encode
import Foundation
import PCM
import TestSupport
import Testing

/// Sound files that give nothing away, as this program writes them, to plant something in.
struct Plain {
  let folder: Folder

  init() throws { folder = try Folder() }

  /// Two seconds of a quiet hum, so that slots of MP3 frames stay empty for the most part.
  func bytes(_ format: OutputFormat, tags: Tags = Tags()) throws -> [UInt8] {
    let sound = try #require(SampleRate(hertz: 48_000).flatMap { SoundFormat(rate: $0, channels: 1) })
    let name = "plain.\(UUID().uuidString)"
    try folder.write([], name)
    let descriptor = open(folder.file(name), O_RDWR)
    defer { close(descriptor) }
    let frames = 12 * SampleBlock.usualCapacity
    let sink = try Encoder.open(
      format, sound: sound, frames: FrameCount(Int64(frames)), tags: tags, dither: false, descriptor: descriptor)
    var block = SampleBlock(channels: 1)
    for index in 0..<12 {
      for frame in 0..<block.capacity {
        block.room[frame] = Float(0.1 * sin(Double(index * block.capacity + frame) * 2 * .pi * 250 / 48_000))
      }
      block.setFrameCount(block.capacity)
      try sink.write(block)
    }
    try sink.finish()
    return try folder.read(name)
  }

  func mp3(tags: Tags = Tags()) throws -> [UInt8] { try bytes(.mp3(MP3Settings(rate: .constant(128))), tags: tags) }
  func wav() throws -> [UInt8] { try bytes(.wav(.int16)) }
  func flac() throws -> [UInt8] { try bytes(.flac(bits: 16)) }
}

/// Tags byte by byte.
enum Raw {
  static func big(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
  static func little(_ value: Int) -> [UInt8] { big(value).reversed() }

  /// ID3v2.3.
  static func id3v2(_ frames: [(String, [UInt8])], padding: [UInt8] = []) -> [UInt8] {
    let body = frames.flatMap { Array($0.0.utf8) + big($0.1.count) + [0, 0] + $0.1 } + padding
    return Array("ID3".utf8) + [3, 0, 0] + (0..<4).map { UInt8(body.count >> (21 - 7 * $0) & 0x7f) } + body
  }

  static func latin(_ text: String) -> [UInt8] { [0] + Array(text.utf8) }

  static func id3v1(_ title: String) -> [UInt8] {
    let text = Array("TAG\(title)".utf8)
    return text + [UInt8](repeating: 0, count: 128 - text.count)
  }

  static func ape(_ key: String, _ value: String) -> [UInt8] {
    let item = little(value.utf8.count) + little(0) + Array(key.utf8) + [0] + Array(value.utf8)
    let fields = little(2_000) + little(item.count + 32) + little(1)
    let reserved = [UInt8](repeating: 0, count: 8)
    return Array("APETAGEX".utf8) + fields + little(Int(bitPattern: 0xa000_0000)) + reserved + item
      + Array("APETAGEX".utf8) + fields + little(Int(bitPattern: 0x8000_0000)) + reserved
  }

  static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    Array(name.utf8) + little(body.count) + body + (body.count % 2 == 1 ? [0] : [])
  }

  /// `wave` with chunks behind its sound.
  static func adding(_ chunks: [UInt8], to wave: [UInt8]) -> [UInt8] {
    let all = wave + chunks
    return Array(all[..<4]) + little(all.count - 8) + Array(all[8...])
  }

  /// `flac` with a metadata block behind the first.
  static func adding(block type: UInt8, _ body: [UInt8], to flac: [UInt8]) -> [UInt8] {
    let header = [type] + big(body.count)[1...]
    return Array(flac[..<42]) + header + body + Array(flac[42...])
  }
}
