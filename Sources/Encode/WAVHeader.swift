import PCM

/// Everything of a WAV file in front of its samples: RIFF (Microsoft and IBM, "Multimedia Programming Interface and Data
/// Specifications 1.0", 1991), with a `WAVE_FORMAT_EXTENSIBLE` format chunk where Microsoft asks for one, and RF64
/// (EBU Tech 3306) from 4 GiB on.
package struct WAVHeader: Hashable, Sendable {
  package let bytes: [UInt8]
  /// Bytes behind the samples: 1 where their number is odd.
  package let padding: Int

  /// - Parameters:
  ///   - frames: in the file, exactly.
  ///   - channelMask: which loudspeaker each channel is for; nil: the usual one.
  package init(_ encoding: SampleEncoding, format: SoundFormat, frames: FrameCount, channelMask: UInt32? = nil) {
    let dataLength = UInt64(max(0, frames.value)) * UInt64(format.channels * encoding.bytesPerSample)
    padding = Int(dataLength % 2)
    let isPlainPCM = encoding == .uint8 || encoding == .int16
    var chunks = Self.formatChunk(encoding, format, mask: channelMask ?? Self.usualMask(format.channels))
    if !isPlainPCM, ![.int24, .int32].contains(encoding) {
      chunks += Self.chunk("fact", Self.little(UInt32(clamping: frames.value)))
    }
    let rest = UInt64(4 + chunks.count + 8 + padding) + dataLength
    if rest <= UInt64(UInt32.max) {
      bytes =
        Array("RIFF".utf8) + Self.little(UInt32(rest)) + Array("WAVE".utf8) + chunks + Array("data".utf8)
        + Self.little(UInt32(dataLength))
    } else {
      let sizes =
        Self.little(rest + 36) + Self.little(dataLength) + Self.little(UInt64(max(0, frames.value)))
        + Self.little(UInt32(0))
      bytes =
        Array("RF64".utf8) + Self.little(UInt32.max) + Array("WAVE".utf8) + Self.chunk("ds64", sizes) + chunks
        + Array("data".utf8) + Self.little(UInt32.max)
    }
  }

  private static func formatChunk(_ encoding: SampleEncoding, _ format: SoundFormat, mask: UInt32) -> [UInt8] {
    let width = encoding.bytesPerSample
    let tag = Self.tag(encoding)
    let isExtensible = format.channels > 2 || encoding == .int24 || encoding == .int32
    var body = little(isExtensible ? 0xfffe : tag) + little(UInt16(format.channels))
    body += little(UInt32(format.rate.hertz)) + little(UInt32(format.rate.hertz * format.channels * width))
    body += little(UInt16(format.channels * width)) + little(UInt16(width * 8))
    if isExtensible {
      body += little(UInt16(22)) + little(UInt16(width * 8)) + little(mask) + little(tag)
      // The rest of KSDATAFORMAT_SUBTYPE_…, alike for all tags (ksmedia.h).
      body += [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]
    } else if tag != 1 {
      body += little(UInt16(0))
    }
    return chunk("fmt ", body)
  }

  /// RFC 2361.
  private static func tag(_ encoding: SampleEncoding) -> UInt16 {
    switch encoding {
    case .uint8, .int16, .int24, .int32: 1
    case .float32, .float64: 3
    case .aLaw: 6
    case .muLaw: 7
    }
  }

  private static func usualMask(_ channels: Int) -> UInt32 {
    [0x4, 0x3, 0x7, 0x33, 0x37, 0x3f, 0x70f, 0x63f][max(1, min(8, channels)) - 1]
  }

  private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    Array(name.utf8) + little(UInt32(body.count)) + body
  }

  private static func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
