import MPEG
import Testing

@Suite struct UnusedBytesTests {
  private static let name = Array("Delphine".utf8)

  /// - Parameter frames: `main_data_begin`, bits of main data, and the slot.
  private static func found(_ frames: [(begin: Int, bits: Int, slot: [UInt8])]) -> (texts: [String], isDamaged: Bool) {
    var (unused, found, offset) = (UnusedBytes(), [UnusedBytes.Found?](), Int64(0))
    for frame in frames {
      frame.slot.withUnsafeBytes {
        found.append(unused.add(begin: frame.begin, bits: frame.bits, slot: $0, at: offset))
      }
      offset += 1_000
    }
    found.append(unused.finish())
    let texts = found.compactMap { $0 }.map { "\($0.offset) " + String(decoding: $0.bytes, as: UTF8.self) }
    return (texts, unused.isDamaged)
  }

  @Test("what is between the main data of two MP3 frames is found where it is")
  func between() {
    let sound = [UInt8](repeating: 0x77, count: 30)
    let found = Self.found([(0, 240, sound + Self.name), (0, 237, sound + Self.name), (8, 300, sound)])
    #expect(found.texts == ["30 Delphine"] && !found.isDamaged)
  }

  @Test("also behind main data of which the beginning is not there, and at the end")
  func cutOff() {
    let sound = [UInt8](repeating: 0x77, count: 30)
    let found = Self.found([(100, 800 + 237, sound + Self.name), (0, 16, Array(sound.prefix(2)) + Self.name)])
    #expect(found.texts == ["30 Delphine", "1002 Delphine"] && !found.isDamaged)
  }

  @Test("main data that ends behind its own slot is damage")
  func damaged() {
    #expect(Self.found([(0, 241, [UInt8](repeating: 0x77, count: 30))]).isDamaged)
  }

  @Test("what LAME fills slots with is none, wherever it begins anew and whichever bit comes first")
  func filling() {
    for (bits, first) in [(240, UInt8(0x55)), (240, 0xaa), (0, 0x55)] {
      for count in [0, 1, 7, 8, 9, 40, 300] {
        let filling = Array("LAME3.100".utf8) + [UInt8](repeating: first, count: count)
        let slot = [UInt8](repeating: 0x77, count: bits / 8) + filling + filling
        #expect(Self.found([(0, bits, slot), (0, 0, filling)]).texts.isEmpty, "\(bits), \(count)")
        let other = Array(slot.dropLast(min(count, 3)) + [0x41] + slot.suffix(min(count, 3)))
        #expect(Self.found([(0, bits, other)]).texts.count == 1, "\(bits), \(count)")
      }
    }
  }
}
