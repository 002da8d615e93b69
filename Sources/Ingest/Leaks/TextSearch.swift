import Foundation
import ShowModel

/// Finds where in a file a text or a picture stands, in whatever spelling.
struct TextSearch {
  private let stretches: [(offset: Int64, bytes: Data)]

  init(_ bytes: some RandomAccessBytes, _ container: Container) {
    var room = Limits.surroundingBytes
    stretches = Surroundings(bytes, container).stretches().compactMap { stretch in
      let part = bytes.bytes(at: stretch.lowerBound, count: Int(min(room, stretch.upperBound - stretch.lowerBound)))
      room -= Int64(part.count)
      return part.isEmpty ? nil : (stretch.lowerBound, Data(part))
    }
  }

  func offset(of text: String) -> Int64? {
    let text = String(text.prefix(80))
    let encodings: [String.Encoding] = [.utf8, .windowsCP1252, .utf16LittleEndian, .utf16BigEndian]
    return encodings.lazy.compactMap { text.data(using: $0) }.compactMap(place).first
  }

  func offset(of picture: [UInt8]) -> Int64? { place(Data(picture.prefix(4_096))) }

  private func place(_ needle: Data) -> Int64? {
    guard !needle.isEmpty else { return nil }
    for stretch in stretches {
      if let found = stretch.bytes.range(of: needle) { return stretch.offset + Int64(found.lowerBound) }
    }
    return nil
  }
}
