import Foundation
import TestSupport

/// Somebody at Chromium with nothing but a keyboard: what it is told over its own protocol is what its keys say.
final class Browser {
  static let program = "chromium-headless-shell"

  private let tool: Tool
  private let commands, answers: FileHandle
  private var unread = Data()
  private var count = 0
  /// Of the page.
  private var session: String?

  /// Shows a page on a telephone.
  init(_ address: String, in folder: Folder) throws {
    try folder.run("mkfifo", "commands", "answers")
    let script = """
      exec timeout 60 \(Self.program) --no-sandbox --disable-gpu --user-data-dir=keys --remote-debugging-pipe \
      about:blank 3<commands 4>answers
      """
    tool = try Tool("/usr/bin/env", ["bash", "-c", script], in: folder.path)
    commands = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("commands")))
    answers = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.file("answers")))
    let page = try ask("Target.createTarget", ["url": "about:blank"])["targetId"] as? String ?? ""
    session = try ask("Target.attachToTarget", ["targetId": page, "flatten": true])["sessionId"] as? String
    try ask(
      "Emulation.setDeviceMetricsOverride", ["width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true])
    try ask("Page.navigate", ["url": address])
  }

  deinit { if tool.isRunning { tool.send(signal: SIGTERM) } }

  func close() throws {
    session = nil
    try ask("Browser.close")
    try tool.wait()
  }

  /// What can be read on the page, once that has a text in it.
  func text(with text: String) async throws -> String {
    var read = ""
    for _ in 0..<200 {
      let question = ["expression": "document.readyState == 'complete' ? document.body.innerText : ''"]
      let answer = try ask("Runtime.evaluate", question)["result"] as? [String: Any]
      read = answer?["value"] as? String ?? ""
      if read.contains(text) { return read }
      try await Task.sleep(for: .milliseconds(50))
    }
    return read
  }

  func type(_ text: String) throws {
    for character in text { try key(["type": "char", "text": String(character)]) }
  }

  func pressTab() throws { try press("Tab", code: 9) }

  func pressEnter() throws { try press("Enter", code: 13, text: "\r") }

  /// - Returns: PNG.
  func picture() throws -> Data? {
    (try ask("Page.captureScreenshot")["data"] as? String).flatMap { Data(base64Encoded: $0) }
  }

  private func press(_ name: String, code: Int, text: String? = nil) throws {
    var event: [String: Any] = ["type": "keyDown", "key": name, "code": name, "windowsVirtualKeyCode": code]
    event["text"] = text
    try key(event)
    try key(["type": "keyUp", "key": name, "code": name, "windowsVirtualKeyCode": code])
  }

  private func key(_ event: [String: Any]) throws { try ask("Input.dispatchKeyEvent", event) }

  /// - Returns: the result.
  @discardableResult
  private func ask(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    count += 1
    var message: [String: Any] = ["id": count, "method": method, "params": parameters]
    message["sessionId"] = session
    try commands.write(contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
    while true {
      let answer = try JSONSerialization.jsonObject(with: nextMessage()) as? [String: Any]
      // Everything else tells of events.
      guard answer?["id"] as? Int == count else { continue }
      guard let result = answer?["result"] as? [String: Any] else { throw Refused(method: method) }
      return result
    }
  }

  /// Messages end in a zero byte.
  private func nextMessage() throws -> Data {
    while true {
      if let end = unread.firstIndex(of: 0) {
        defer { unread.removeSubrange(...end) }
        return unread[..<end]
      }
      let more = answers.availableData
      guard !more.isEmpty else { throw Refused(method: "going on") }
      unread += more
    }
  }

  private struct Refused: Error { let method: String }
}
