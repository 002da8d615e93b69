import Foundation
import Publish
import TestSupport
import Testing

@Suite struct QRCodeTests {
  private static let address = "https://podcast.example.org/p/gvghgnxiri5mctkgimxr3dyhadcnidl3r2/"

  @Test(
    "a scanner reads the picture",
    .enabled(if: Tools.here("zbarimg", "rsvg-convert"), "needs zbarimg and rsvg-convert"))
  func scanned() throws {
    let folder = try Folder()
    for text in [Self.address, "é & <\"'> 🎧", String(repeating: "podcast", count: 100)] {
      try folder.write(try #require(QRCode(text)).svg(), "code.svg")
      try folder.run("rsvg-convert", "code.svg", "-o", "code.png")
      let seen = try folder.run("zbarimg", "--quiet", "--raw", "code.png")
      #expect(String(decoding: seen, as: UTF8.self) == text + "\n")
    }
  }

  @Test("around it all is light, four modules wide")
  func quiet() throws {
    let code = try #require(QRCode(Self.address))
    #expect(code.width == 37 && code.isDark(column: 0, row: 0))
    for place in -QRCode.quietZone..<code.width + QRCode.quietZone {
      for edge in [-QRCode.quietZone, -1, code.width, code.width + 3] {
        #expect(!code.isDark(column: place, row: edge) && !code.isDark(column: edge, row: place))
      }
    }
    #expect(code.svg().contains("viewBox=\"0 0 45 45\""))
  }

  @Test("nothing, and more than a code can hold, have none")
  func limits() {
    #expect(QRCode("") == nil)
    #expect(QRCode(String(repeating: "é", count: 1_165)) != nil && QRCode(String(repeating: "é", count: 1_166)) == nil)
  }
}
