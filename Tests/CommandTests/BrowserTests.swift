import Foundation
import TestSupport
import Testing

/// The pages in Chromium, whose window of this kind can be as narrow as a telephone.
@Suite struct BrowserTests {
  @Test(
    "every page shows what it must, on a telephone and on a desk, by day and by night, and asks for nothing that is not there",
    .enabled(if: Tools.here(Browser.program, "ffmpeg", "curl")))
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

  @Test(
    "who asks for an episode with the keyboard alone is thanked, and the editor reads every word of it",
    .enabled(if: Tools.here(Browser.program, "mkfifo", "curl")))
  func form() async throws {
    let served = try await ServedShow()
    let browser = try Browser(served.address + "/p/", in: served.show.command.folder)
    #expect(try await browser.text(with: "Envoyer").contains("Comment vous joindre"))
    for text in ["Le « réseau » & la suite 🎧", "Technicien n°\u{a0}7", "06 00 00 00 00"] {
      try browser.pressTab()
      try browser.type(text)
    }
    try browser.pressTab()
    try browser.type("Bonjour,")
    try browser.pressEnter()
    try browser.type("merci d'avance : <7 %> + 1 = 2 ?")
    try browser.pressTab()
    try keep(browser.picture(), "form-filled.png")
    try browser.pressEnter()
    let thanks = try await browser.text(with: "Merci")
    #expect(thanks.contains("Votre demande est notée") && !thanks.contains("Envoyer"))
    try keep(browser.picture(), "form-thanks.png")
    try browser.close()
    let requests = try served.show.run("link", "requests", "--json").outputText
    for text in [
      "Le « réseau » & la suite 🎧", "Technicien n°\u{a0}7", "06 00 00 00 00", "merci d'avance : <7 %> + 1 = 2 ?",
    ] {
      #expect(requests.contains(text), "\(text): \(requests)")
    }
    #expect(try served.show.run("link", "requests").outputText.contains("06 00 00 00 00"))
    #expect(!served.log.contains("06 00"))
    try served.end()
  }

  private func keep(_ picture: Data?, _ name: String) throws {
    guard let kept = ProcessInfo.processInfo.environment["PODCAST_SCREENSHOTS"] else { return }
    try picture?.write(to: URL(fileURLWithPath: "\(kept)/\(name)"))
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
    try keep(Data(folder.read(name)), name)
    return try folder.run("ffmpeg", "-v", "error", "-i", name, "-f", "rawvideo", "-pix_fmt", "gray", "-")
  }

  @discardableResult
  private func chromium(_ words: [String], in served: ServedShow) throws -> [UInt8] {
    let fixed = ["--no-sandbox", "--disable-gpu", "--user-data-dir=profile"]
    return try served.show.command.folder.run("timeout", ["60", Browser.program] + fixed + words)
  }
}
