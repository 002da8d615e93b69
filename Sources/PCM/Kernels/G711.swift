/// Companded telephone samples, ITU-T G.711 (11/88), to and from 16-bit linear.
enum G711 {
  static let aLawValues: [Float] = (0..<256).map { Float(decodeALaw(UInt8($0))) / 32_768 }
  static let muLawValues: [Float] = (0..<256).map { Float(decodeMuLaw(UInt8($0))) / 32_768 }

  static func decodeALaw(_ code: UInt8) -> Int16 {
    let bits = code ^ 0x55
    let segment = Int16(bits >> 4 & 7)
    let mantissa = Int16(bits & 15)
    let magnitude = segment == 0 ? mantissa << 4 + 8 : (mantissa << 4 + 0x108) << (segment - 1)
    return bits & 0x80 != 0 ? magnitude : -magnitude
  }

  static func encodeALaw(_ linear: Int16) -> UInt8 {
    let sign: UInt8 = linear >= 0 ? 0x80 : 0
    // One's complement, as G.711's reference code: -1 and 0 are the two smallest steps.
    let magnitude = UInt16(linear >= 0 ? linear : ~linear) >> 4
    let segment = magnitude < 16 ? 0 : UInt8(16 - magnitude.leadingZeroBitCount - 4)
    let mantissa = segment < 2 ? UInt8(magnitude & 15) : UInt8(magnitude >> (segment - 1) & 15)
    return (sign | segment << 4 | mantissa) ^ 0x55
  }

  static func decodeMuLaw(_ code: UInt8) -> Int16 {
    let bits = ~code
    let magnitude = (Int16(bits & 15) << 3 + 0x84) << Int16(bits >> 4 & 7) - 0x84
    return bits & 0x80 != 0 ? -magnitude : magnitude
  }

  static func encodeMuLaw(_ linear: Int16) -> UInt8 {
    let sign: UInt8 = linear < 0 ? 0x80 : 0
    let magnitude = min(Int32(linear).magnitude, 32_635) + 0x84
    let segment = UInt8(31 - magnitude.leadingZeroBitCount - 7)
    return ~(sign | segment << 4 | UInt8(magnitude >> (UInt32(segment) + 3) & 15))
  }
}
