import Encode
import Foundation
import TestSupport
import Testing

@Suite struct ArtworkTests {
  @Test("of a PNG only what draws it is kept")
  func png() throws {
    let said: [(String, [UInt8])] = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME", "iCCP", "pHYs", "prVt"].map {
      ($0, Array("Author\0Delphine".utf8))
    }
    let drawing: [(String, [UInt8])] = [("gAMA", [0, 0, 0xb1, 0x8f]), ("tRNS", [0, 1])]
    let artwork = try Artwork(Picture.png(extra: said + drawing) + Array("Delphine".utf8))
    #expect(artwork.bytes == Picture.png(extra: drawing))
  }

  @Test("of a JPEG only what draws it is kept, without the thumbnail of what was cut away")
  func jpeg() throws {
    let jfif = Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1]
    let adobe = Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1]
    let scan = segment(0xda, [1, 1, 0, 0, 63, 0]) + [0x12, 0xff, 0, 0x34, 0xff, 0xd0, 0x56]
    let drawing =
      segment(0xdb, [UInt8](repeating: 1, count: 65)) + segment(0xc2, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]) + scan
      + segment(0xc4, [UInt8](repeating: 0, count: 17)) + scan
    let file =
      [0xff, 0xd8] + segment(0xe0, jfif + [1, 1, 9, 9, 9]) + segment(0xe0, Array("JFXX\0thumbnail".utf8))
      + segment(0xe1, Array("Exif\0\0Delphine".utf8)) + segment(0xe2, Array("ICC_PROFILE\0Delphine".utf8))
      + segment(0xed, Array("Photoshop 3.0\0Delphine".utf8)) + segment(0xee, adobe + Array("Delphine".utf8))
      + segment(0xfe, Array("Delphine".utf8)) + [0xff, 0xff] + drawing + [0xff, 0xd9] + Array("Delphine".utf8)
    let wanted = [0xff, 0xd8] + segment(0xe0, jfif + [0, 0]) + segment(0xee, adobe) + drawing + [0xff, 0xd9]
    #expect(try Artwork(file).bytes == wanted)
    #expect(try Artwork(wanted).bytes == wanted)
  }

  @Test("a picture of real tools keeps its pixels", .enabled(if: Tools.here("ffmpeg"), "needs ffmpeg"))
  func pixels() throws {
    let folder = try Folder()
    for name in ["a.png", "a.jpg"] {
      try folder.run(
        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=97x61:duration=1:rate=1", "-frames:v", "1",
        "-metadata", "comment=Delphine", name)
      try folder.write(try Artwork(path: folder.file(name)).bytes, "kept-\(name)")
      let pixels = try [name, "kept-\(name)"].map {
        try folder.run("ffmpeg", "-v", "error", "-i", $0, "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
      }
      #expect(pixels[0] == pixels[1] && pixels[0].count == 97 * 61 * 3)
    }
  }

  @Test("whatever bytes a picture holds, it is taken or refused, and what is taken is taken again as it is")
  func hostile() throws {
    var seeded = Seeded(5)
    let jpeg = [0xff, 0xd8] + segment(0xdb, [1, 2, 3]) + segment(0xda, [1, 2]) + [1, 2, 3, 0xff, 0xd9]
    for number in 0..<4_000 {
      var bytes = number % 2 == 0 ? jpeg : Picture.png(extra: [("tEXt", [1, 2, 3])])
      for _ in 0..<Int.random(in: 1...4, using: &seeded) {
        let at = Int.random(in: 0..<bytes.count, using: &seeded)
        bytes[at] = [0, 0xff, UInt8.random(in: 0...255, using: &seeded)].randomElement(using: &seeded) ?? 0
      }
      if number % 5 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &seeded)) }
      do {
        let kept = try Artwork(bytes).bytes
        #expect(try Artwork(kept).bytes == kept)
      } catch let error as EncodeError { #expect(error.code == .badArtwork && !error.remedy.isEmpty) }
    }
  }

  @Test("what is no picture, is cut short, too large or not a file is refused")
  func refusals() throws {
    let folder = try Folder()
    let png = Picture.png()
    for bytes in [[], [0xff], Array("GIF89a".utf8), Array(png.dropLast()), png + [UInt8](repeating: 0, count: 3 << 20)]
    {
      #expect(#expect(throws: EncodeError.self) { try Artwork(bytes) }?.code == .badArtwork)
    }
    try folder.run("mkfifo", "pipe")
    for name in ["pipe", "missing.png", "."] {
      let error = #expect(throws: EncodeError.self) { try Artwork(path: folder.file(name)) }
      #expect(error?.code == .badArtwork && error?.exit == .noInput)
    }
  }

  private func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
    [0xff, marker, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 0xff)] + body
  }
}
