import PCM

extension [UInt8] {
  mutating func text(_ text: String) { self += Array(text.utf8) }

  mutating func little<Value: FixedWidthInteger>(_ value: Value) {
    for shift in stride(from: 0, to: Value.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  mutating func big<Value: FixedWidthInteger>(_ value: Value) { little(value.byteSwapped) }

  func replacing<Value: FixedWidthInteger>(_ value: Value, at offset: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.little(value)
    return Array(self[..<offset]) + bytes + Array(self[(offset + bytes.count)...])
  }
}

/// Writes files of the WAVE family byte by byte, so that their faults can be chosen.
struct WaveWriter {
  enum Kind: CaseIterable { case wave, rf64, bw64, w64 }

  var kind = Kind.wave
  var tag: UInt16 = 1
  var bits: UInt16 = 16
  var validBits: UInt16?
  var isExtensible = false
  var channels: UInt16 = 1
  var rate: UInt32 = 48_000
  var data: [UInt8] = []
  /// What the header says instead of the truth.
  var announcedData: UInt64?
  var before: [UInt8] = []
  var after: [UInt8] = []

  private var blockAlign: UInt16 { channels &* (bits / 8) }

  private var format: [UInt8] {
    var body: [UInt8] = []
    body.little(isExtensible ? 0xFFFE : tag)
    body.little(channels)
    body.little(rate)
    body.little(rate &* UInt32(blockAlign))
    body.little(blockAlign)
    body.little(bits)
    guard isExtensible else { return body }
    body.little(UInt16(22))
    body.little(validBits ?? bits)
    body.little(UInt32(channels == 1 ? 4 : 3))
    body.little(tag)
    return body + [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
  }

  static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    var bytes = Array(name.utf8)
    bytes.little(UInt32(body.count))
    return bytes + body + (body.count % 2 == 1 ? [0] : [])
  }

  static func guid(_ name: String) -> [UInt8] {
    Array(name.utf8)
      + (name == "riff"
        ? [0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 4, 0xC1, 0, 0]
        : [0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A])
  }

  var bytes: [UInt8] { kind == .w64 ? wave64 : riff }

  private var riff: [UInt8] {
    let size = announcedData ?? UInt64(data.count)
    let isLarge = kind == .rf64 || kind == .bw64
    var body = Array("WAVE".utf8)
    if isLarge {
      var sizes: [UInt8] = []
      sizes.little(UInt64(data.count + 100))
      sizes.little(size)
      sizes.little(UInt64(data.count / max(1, Int(blockAlign))))
      sizes.little(UInt32(0))
      body += Self.chunk("ds64", sizes)
    }
    body += Self.chunk("fmt ", format) + before
    body.text("data")
    body.little(isLarge ? UInt32.max : UInt32(truncatingIfNeeded: size))
    body += data + (data.count % 2 == 1 ? [0] : []) + after
    var all = Array((kind == .rf64 ? "RF64" : kind == .bw64 ? "BW64" : "RIFF").utf8)
    all.little(isLarge ? UInt32.max : UInt32(body.count))
    return all + body
  }

  private var wave64: [UInt8] {
    var body = Self.guid("wave") + Self.guid("fmt ")
    body.little(UInt64(format.count + 24))
    body += format
    while body.count % 8 != 0 { body.append(0) }
    body += Self.guid("data")
    body.little((announcedData ?? UInt64(data.count)) &+ 24)
    body += data
    var all = Self.guid("riff")
    all.little(UInt64(body.count + 24))
    return all + body
  }
}

/// Samples that every value range knows: a ramp over full scale, in the encoding's bytes and as floats.
enum Ramp {
  static func int16(_ count: Int) -> (bytes: [UInt8], floats: [Float]) {
    let values = (0..<count).map { Int16(truncatingIfNeeded: ($0 &* 7_919) % 65_536 - 32_768) }
    return (values.flatMap { value in bytes(value) }, values.map { Float($0) / 32_768 })
  }

  static func int24(_ count: Int) -> (bytes: [UInt8], floats: [Float]) {
    let values = (0..<count).map { Int32(($0 &* 1_234_577) % 16_777_216 - 8_388_608) }
    return (values.flatMap { Array(bytes($0)[..<3]) }, values.map { Float($0) / 8_388_608 })
  }

  static func int32(_ count: Int) -> (bytes: [UInt8], floats: [Float]) {
    let values = (0..<count).map { Int32(truncatingIfNeeded: $0 &* 123_456_791) }
    return (values.flatMap { bytes($0) }, values.map { Float(Double($0) / 2_147_483_648) })
  }

  static func uint8(_ count: Int) -> (bytes: [UInt8], floats: [Float]) {
    let values = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    return (values, values.map { (Float($0) - 128) / 128 })
  }

  static func float32(_ count: Int) -> (bytes: [UInt8], floats: [Float]) {
    let values = (0..<count).map { Float($0 % 201 - 100) / 77 }
    return (values.flatMap { bytes($0.bitPattern) }, values)
  }

  static func float64(_ count: Int) -> (bytes: [UInt8], floats: [Float]) {
    let values = (0..<count).map { Double($0 % 201 - 100) / 77 }
    return (values.flatMap { bytes($0.bitPattern) }, values.map { Float($0) })
  }

  static func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.little(value)
    return bytes
  }
}
