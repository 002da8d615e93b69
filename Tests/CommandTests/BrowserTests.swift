import Foundation
import TestSupport
import Testing

/// The pages in Chromium, whose window of this kind can be as narrow as a telephone.
@Suite struct BrowserTests {
  private static let browser = "chromium-headless-shell"

  @Test(
    "every page shows what it must, on a telephone and on a desk, by day and by night, and asks for nothing that is not there",
    .enabled(if: Tools.here(browser, "ffmpeg", "curl")))
  func pages() async throws {
    let served = try await ServedShow()
    let title = "Épisode 1 : R&amp;D &lt; 5 %, « suite » 🎧"
    let pages = [
      "index": (served.address + "/", [title, "<audio controls", "Télécharger", served.feed]),
      "episode": (
        served.address + "/episodes/001-un/",
        ["\(title)</h1>", "<p dir=\"auto\">Et la suite &amp; la fin.</p>", "<audio controls"]
      ),
      "private": (
        try served.grant("--feed"),
        [title, "Épisode 2", "Cette page n’est que pour vous", "overcast://", "<audio controls"]
      ),
      "request": (
        served.address + "/p/", ["<form method=\"post\"", "Que voulez-vous écouter", "<textarea", "Envoyer"]
      ),
    ]
    for (name, (address, texts)) in pages {
      let page = try dom(address, in: served)
      for text in texts { #expect(page.contains(text), "\(name): \(text)") }
      #expect(!page.contains("<script") && page.contains("Épisode 2") == (name == "private"))
      for (width, height, scheme) in [(390, 844, "light"), (1_280, 800, "light"), (390, 844, "dark")] {
        let pixels = try picture(of: address, width, height, scheme, "\(name)-\(width)-\(scheme).png", in: served)
        #expect(pixels.count == width * height && Set(pixels).count > 50, "\(name) \(width) \(scheme)")
        #expect((pixels[0] < 128) == (scheme == "dark"), "\(name): its corner is the paper")
      }
    }
    #expect(served.log.matches(of: /\ [45][0-9][0-9]\ /).isEmpty, "\(served.log)")
    try served.end()
  }

  private func dom(_ address: String, in served: ServedShow) throws -> String {
    String(decoding: try chromium(["--dump-dom", address], in: served), as: UTF8.self)
  }

  /// - Returns: grey values, line by line.
  private func picture(
    of address: String, _ width: Int, _ height: Int, _ scheme: String, _ name: String, in served: ServedShow
  ) throws -> [UInt8] {
    let (folder, isDark) = (served.show.command.folder, scheme == "dark")
    try chromium(
      [
        "--screenshot=\(folder.file(name))", "--window-size=\(width),\(height)", "--hide-scrollbars",
        "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", address,
      ], in: served)
    if let kept = ProcessInfo.processInfo.environment["PODCAST_SCREENSHOTS"] {
      try Data(folder.read(name)).write(to: URL(fileURLWithPath: "\(kept)/\(name)"))
    }
    return try folder.run("ffmpeg", "-v", "error", "-i", name, "-f", "rawvideo", "-pix_fmt", "gray", "-")
  }

  @discardableResult
  private func chromium(_ words: [String], in served: ServedShow) throws -> [UInt8] {
    let fixed = ["--no-sandbox", "--disable-gpu", "--user-data-dir=profile"]
    return try served.show.command.folder.run("timeout", ["60", Self.browser] + fixed + words)
  }
}
